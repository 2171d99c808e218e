-- What the first version of the program made of a report that a person then edited.
CREATE TABLE drafts (
    id VARCHAR(64) NOT NULL, 
    kind VARCHAR(16) NOT NULL, 
    period VARCHAR(32) NOT NULL, 
    head TEXT NOT NULL, 
    created_at DATETIME NOT NULL, 
    PRIMARY KEY (id)
);
INSERT INTO drafts VALUES('annual-2024-1','annual','2024','{"id":"annual-2024-1","kind":"annual","period":{"start":"2024-01-01","end":"2024-12-31"},"title":"石桥镇2024年安全生产工作总结","unit_name":"","sections":[],"facts":[{"id":"inspection.enterprises@2024","indicator":"inspection.enterprises","name":"检查企业","topic":"检查执法","period":{"start":"2024-01-01","end":"2024-12-31"},"value":"236","unit":"家次","evidence":[{"file":"检查台账.xlsx","sheet":"2024","cell":"D4:D9","text":""}],"formula":"","inputs":[],"measure":"value","town":"","place":""}],"notices":[],"addressee":"","signature":"","signed_on":"","extra":{"inputs":"abc","state":"finished","model":"none"}}','2026-11-21 22:13:57.182375');
CREATE TABLE draft_inputs (
    draft VARCHAR(64) NOT NULL, 
    body TEXT NOT NULL, 
    PRIMARY KEY (draft), 
    FOREIGN KEY(draft) REFERENCES drafts (id)
);
INSERT INTO draft_inputs VALUES('annual-2024-1','{"past":[],"outline":null,"targets":[]}');
CREATE TABLE section_locks (
    draft VARCHAR(64) NOT NULL, 
    section VARCHAR(32) NOT NULL, 
    sentence TEXT NOT NULL, 
    UNIQUE (draft, section, sentence), 
    FOREIGN KEY(draft) REFERENCES drafts (id)
);
INSERT INTO section_locks VALUES('annual-2024-1','02','');
CREATE TABLE section_proposals (
    draft VARCHAR(64) NOT NULL, 
    section VARCHAR(32) NOT NULL, 
    number INTEGER NOT NULL, 
    body TEXT NOT NULL, 
    UNIQUE (draft, section, number), 
    FOREIGN KEY(draft) REFERENCES drafts (id)
);
CREATE TABLE section_revisions (
    id INTEGER NOT NULL, 
    draft VARCHAR(64) NOT NULL, 
    section VARCHAR(32) NOT NULL, 
    number INTEGER NOT NULL, 
    body TEXT NOT NULL, 
    author VARCHAR(64) NOT NULL, 
    why TEXT NOT NULL, 
    saved_at DATETIME NOT NULL, 
    PRIMARY KEY (id), 
    UNIQUE (draft, section, number), 
    FOREIGN KEY(draft) REFERENCES drafts (id)
);
INSERT INTO section_revisions VALUES(1,'annual-2024-1','01',1,'{"key":"01","heading":"一、检查执法","level":1,"text":"全年检查企业236家次。","slots":["inspection.enterprises@2024"],"writer":"offline","missing":[],"notices":[],"prompt_hash":"","model":"","tokens":0,"seconds":"0","answer_tokens":0}','offline','起草','2024-12-20 09:30:00.000000');
INSERT INTO section_revisions VALUES(2,'annual-2024-1','02',1,'{"key":"02","heading":"二、下一步打算","level":1,"text":"一是压实责任。","slots":[],"writer":"offline","missing":[],"notices":[],"prompt_hash":"","model":"","tokens":0,"seconds":"0","answer_tokens":0}','offline','起草','2024-12-20 09:30:00.000000');
INSERT INTO section_revisions VALUES(3,'annual-2024-1','01',2,'{"key":"01","heading":"一、检查执法","level":1,"text":"全年检查企业205家次。","slots":["inspection.enterprises@2024"],"writer":"person","missing":[],"notices":[],"prompt_hash":"","model":"","tokens":0,"seconds":"0","answer_tokens":0}','本机用户','编辑','2024-12-20 09:30:00.000000');
