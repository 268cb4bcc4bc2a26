// The field for SQL becomes Datasette's editor: colours, numbered lines, Ctrl+Enter runs.
"use strict";

const field = document.getElementById("sql-editor");
if (field && window.CodeMirror) {
  const label = field.labels[0];
  const editor = CodeMirror.fromTextArea(field, {
    mode: "text/x-sqlite",
    lineNumbers: true,
    lineWrapping: true,
    viewportMargin: Infinity,
    extraKeys: {
      Tab: false, // the key goes on to the button, as everywhere
      "Shift-Tab": false,
      "Ctrl-Enter": () => field.form.requestSubmit(),
      "Cmd-Enter": () => field.form.requestSubmit(),
    },
  });
  const input = editor.getInputField();
  input.setAttribute("aria-label", label.textContent);
  label.textContent += " (Ctrl+Enter runs it)";
  label.addEventListener("click", () => editor.focus());

  const tidy = document.getElementById("sql-format");
  if (tidy && window.sqlFormatter) {
    tidy.hidden = false;
    tidy.addEventListener("click", () => editor.setValue(sqlFormatter.format(editor.getValue())));
  }
}
