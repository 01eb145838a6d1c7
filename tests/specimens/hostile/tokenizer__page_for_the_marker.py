"""Scripts for the browser of whoever marks by hand: in text, results, errors, pictures, names."""

ASSIGNMENT = "tokenizer"
ITEMS = (14, 13)
STOPPED_BY = "markup is cleaned where it is shown; of outputs only text and real pictures are kept"

SCRIPT = (
    "<img src=x onerror=fetch('/formgrader/api/grade/1',{method:'PUT'})><script>alert(1)</script>"
)

CELLS = {
    "read-reviews": f"""
from IPython.display import HTML, SVG, IFrame, Javascript, Latex, Markdown, display

SCRIPT = {SCRIPT!r}
for kind in (HTML, Javascript, Markdown, Latex):
    display(kind(SCRIPT))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>1</script></svg>"))
display(IFrame("javascript:alert(1)", 1, 1))
for mime in ("application/javascript", "image/svg+xml", "text/latex", "application/xhtml+xml",
             "application/vnd.jupyter.widget-view+json", "image/png", "text/html\\n<script>"):
    display({{mime: SCRIPT, "text/plain": SCRIPT}}, raw=True, metadata={{mime: SCRIPT}})
print("\\x1b]8;;javascript:alert(1)\\x07click\\x1b]8;;\\x07 \\x1b[2J\\x1b]0;t\\x07\\x9b31m")
""",
    "split-words": """
class Named(Exception):
    __module__ = SCRIPT
    __qualname__ = __name__ = SCRIPT


def split_words(text):
    raise Named(SCRIPT)


raise Named(SCRIPT)
""",
    "build-word-index": """
def build_word_index(texts):
    return {SCRIPT: SCRIPT, "\\x1b[2J": 1}
""",
    "texts-to-sequences": """
texts_to_sequences = lambda *args: type(SCRIPT, (), {"__repr__": lambda self: SCRIPT})()
""",
    **dict.fromkeys(("pad-sequences", "shuffle-and-split"), ""),
    "explain-order": f"""
{SCRIPT}
<style>* {{ display: none }}</style> <form action="/formgrader"><input name=score value=25></form>
[a link](javascript:alert(1)) ![picture](data:text/html;base64,PHNjcmlwdD4=) <svg/onload=alert(1)>
<details open ontoggle=alert(1)> <math><mi xlink:href="javascript:alert(1)">x</mi></math>
""",
}

MAX_POINTS = 0


def edit(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell["attachments"] = {SCRIPT: {"text/html": SCRIPT, "image/svg+xml": SCRIPT}}
            cell.attachments["../../x.png"] = {"image/png": "PHNjcmlwdD4=", "image/png\n": "PHM="}
    notebook.metadata["title"] = notebook.metadata["widgets"] = SCRIPT
    notebook.metadata["kernelspec"] = {"name": SCRIPT, "display_name": SCRIPT, "language": SCRIPT}
