"""Forms of registration sent so that they are not taken: each step opens a form and fills it in."""

from __future__ import annotations

from typing import Any

from tests.sample_states import IN_TROUBLE

MOST = int(IN_TROUBLE["REGISTRATIONS_PER_EMAIL"])
BUTTON = "form.form button:not(.button-quiet)"
ADD_LARGE_FILE = """() => {
  const form = document.querySelector("form:has([name=full_name])");
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(27e6)], "large.pdf"));
  form.append(Object.assign(document.createElement("input"), { type: "file", name: "file", files: files.files }));
  form.enctype = "multipart/form-data";
}"""


def send(page: Any, step: Any, root: str) -> int:
    """Take a step below the address of the form, send what it has filled in, and return the status of the answer."""
    step(page, root)
    with page.expect_navigation() as answer:
        page.click(BUTTON)
    return answer.value.status


def nothing(page: Any, root: str) -> None:
    """The form with every error."""
    page.goto(root)


def nobody(page: Any, root: str) -> None:
    """The form for several people with every error."""
    page.goto(f"{root}group/")


def too_much(page: Any, root: str) -> None:
    """A file that nobody wants to read."""
    page.goto(root)
    page.evaluate(ADD_LARGE_FILE)


def too_often(page: Any, root: str) -> None:
    """The link, once more than is possible; the site must run in one process, which counts."""
    for _time in range(MOST):
        page.request.post(f"{root}resend/", form={"email": "wanjiru@example.org"})
    page.goto(f"{root}resend/")
    page.fill("[name=email]", "wanjiru@example.org")
