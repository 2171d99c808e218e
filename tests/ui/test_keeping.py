from threading import Barrier, Event, Thread

from ui.keeping import Keeping


def test_many_who_ask_at_once_are_given_what_was_made_once():
    kept, made, start, given = Keeping(), [], Barrier(8), []

    def ask():
        start.wait()
        given.append(kept.get("facts", lambda: made.append(1) or len(made)))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    assert given == [1] * 8


def test_what_was_being_made_when_all_was_forgotten_is_not_kept():
    kept, begun, go_on = Keeping(), Event(), Event()

    def make_slowly():
        begun.set()
        go_on.wait(10)
        return "old"

    slow = Thread(target=lambda: kept.get("facts", make_slowly))
    slow.start()
    begun.wait(10)
    kept.forget()
    go_on.set()
    slow.join()
    assert kept.get("facts", lambda: "new") == "new"


def test_what_could_not_be_made_is_tried_again():
    kept = Keeping()

    def fail():
        raise ValueError

    for _ in range(2):
        try:
            kept.get("facts", fail)
        except ValueError:
            continue
    assert kept.get("facts", lambda: 1) == 1
