// Tells the form in which zone the visitor lives, so that mails can give times in it too.
const field = document.querySelector("input[data-own-zone]");
if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
