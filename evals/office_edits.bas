' Edits of Word files made by LibreOffice itself, read from a script: one operation a line, its arguments after tabs.
' open FILE / save FILE begin and end a document; texts name a paragraph by how it begins.

Option Explicit
Private document As Object

Sub Main
    Dim files As Object, lines As Object, parts
    On Error Goto Failed
    files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
    lines = createUnoService("com.sun.star.io.TextInputStream")
    lines.setInputStream(files.openFileRead(Environ("JUSHI_EDITS")))
    lines.setEncoding("UTF-8")
    Do While Not lines.isEOF()
        parts = Split(lines.readLine(), Chr(9))
        If UBound(parts) > 0 Then Perform(parts)
    Loop
    lines.closeInput()
    StarDesktop.terminate()
    Exit Sub
Failed:
    Dim out As Object
    out = createUnoService("com.sun.star.io.TextOutputStream")
    out.setOutputStream(files.openFileWrite(Environ("JUSHI_EDITS") & ".failed"))
    out.writeString(Error() & " line " & Erl() & " " & Join(parts, " | "))
    out.closeOutput()
    If Not IsNull(document) Then document.close(True)
    StarDesktop.terminate()
End Sub

Sub Perform(parts)
    Dim target As Object, cursor As Object, other As Object
    Select Case parts(0)
    Case "open"
        document = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, Array(Setting("Hidden", False)))
        Exit Sub
    Case "save"
        document.storeToURL(parts(1), Array(Setting("FilterName", parts(2))))
        document.close(True)
        Exit Sub
    Case "record"
        document.RecordChanges = (parts(1) = "on")
        Exit Sub
    End Select
    target = Found(parts(1))
    cursor = target.Text.createTextCursorByRange(target.Start)
    Select Case parts(0)
    Case "retype"  ' the paragraph says something else
        target.setString(parts(2))
    Case "replace"  ' some of its words are others
        cursor.goRight(InStr(target.String, parts(2)) - 1, False)
        cursor.goRight(Len(parts(2)), True)
        cursor.setString(parts(3))
    Case "erase"  ' these words taken out
        cursor.goRight(InStr(target.String, parts(2)) - 1, False)
        cursor.goRight(Len(parts(2)), True)
        cursor.setString("")
    Case "insert"  ' words put before these
        cursor.goRight(InStr(target.String, parts(2)) - 1, False)
        cursor.Text.insertString(cursor, parts(3), False)
    Case "remove"
        target.Text.removeTextContent(target)
    Case "after"  ' a paragraph typed below it
        cursor.gotoRange(target.End, False)
        cursor.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
        cursor.Text.insertString(cursor, parts(2), False)
    Case "split"  ' Enter before these words
        cursor.goRight(InStr(target.String, parts(2)) - 1, False)
        cursor.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
    Case "join"  ' Delete at its end
        cursor.gotoRange(target.End, False)
        cursor.goRight(1, True)
        cursor.setString("")
    Case "down", "up"  ' Ctrl+Alt+arrow, so many times
        document.CurrentController.ViewCursor.gotoRange(target.Start, False)
        Dim times As Integer
        For times = 1 To CInt(parts(2))
            Dispatch(IIf(parts(0) = "down", ".uno:MoveDown", ".uno:MoveUp"))
        Next
    Case "cut"  ' cut from here to the paragraph that begins with the second, pasted before the third
        Dim view As Object
        view = document.CurrentController.ViewCursor
        view.gotoRange(target.Start, False)
        other = Found(parts(2))
        view.gotoRange(other.End, True)
        view.goRight(1, True)
        Dispatch(".uno:Cut")
        view.gotoRange(Found(parts(3)).Start, False)
        Dispatch(".uno:Paste")
    Case "remark"  ' a comment on these words
        other = document.createInstance("com.sun.star.text.textfield.Annotation")
        other.Author = "王主任"
        other.Content = parts(3)
        cursor.goRight(InStr(target.String, parts(2)) - 1, False)
        cursor.goRight(Len(parts(2)), True)
        cursor.Text.insertTextContent(cursor, other, True)
    Case "blank"  ' an empty line below it
        cursor.gotoRange(target.End, False)
        cursor.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
    Case "indent"  ' typed with two wide blanks
        cursor.Text.insertString(cursor, Chr(12288) & Chr(12288), False)
    Case "line"  ' Shift+Enter before these words
        cursor.goRight(InStr(target.String, parts(2)) - 1, False)
        cursor.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.LINE_BREAK, False)
    Case "dress"  ' bold, another size and colour
        target.CharWeight = com.sun.star.awt.FontWeight.BOLD
        target.CharWeightAsian = com.sun.star.awt.FontWeight.BOLD
        target.CharHeightAsian = 18
        target.CharColor = RGB(192, 0, 0)
    End Select
End Sub

Sub Dispatch(command As String)
    Dim helper As Object
    helper = createUnoService("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
End Sub

Function Found(beginning) As Object
    Dim paragraphs As Object, par As Object
    paragraphs = document.Text.createEnumeration()
    Do While paragraphs.hasMoreElements()
        par = paragraphs.nextElement()
        If par.supportsService("com.sun.star.text.Paragraph") Then
            If Left(par.String, Len(beginning)) = beginning Then
                Found = par
                Exit Function
            End If
        End If
    Loop
    Error 5
End Function

Function Setting(name As String, value) As Object
    Dim entry As New com.sun.star.beans.PropertyValue
    entry.Name = name
    entry.Value = value
    Setting = entry
End Function
