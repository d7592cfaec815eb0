"""How long a letter takes: as a PDF and as a Word draft, warm and in a cold process, beside what others use.

In: nothing. Out: one table; exit code 1 where a target is missed.
Never here: a platform or the network; the clock on the wall, but for a cold start (making a letter only computes, so
the processor's own time is what one thread takes, whatever else the machine does).
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from platform import python_build, python_version
from time import perf_counter, process_time

from automations.letters import VictimFacts, render_pdf, render_word
from automations.letters.document import document
from automations.letters.html import page
from automations.letters.samples.victims import A_VICTIM
from automations.letters.template import template

PDFS, WORDS, COLD = 40.0, 25.0, 1.5
ROUNDS, PARTS, STARTS = 40, 5, 3
NAME = "acknowledgement"
FIRST = f"""
from automations.letters import render_pdf
from automations.letters.samples.victims import A_VICTIM
render_pdf({NAME!r}, A_VICTIM, large=False, language="en")
"""


def facts(n: int) -> VictimFacts:
    """No two letters alike: nothing that is kept from one letter can serve the next."""
    officer = replace(A_VICTIM.officer, telephone=f"01632 96{n % 10_000:04}")
    return replace(A_VICTIM, recipient_name=f"Sample Person {n}", reference=f"CW-2026-{n:04}", officer=officer)


def rate(make: Callable[[int], object]) -> float:
    """Letters in a second of one processor: the best of some parts, after one to warm up."""
    make(0)
    spent = []
    for part in range(PARTS):
        begun = process_time()
        for n in range(ROUNDS):
            make(part * ROUNDS + n + 1)
        spent.append(process_time() - begun)
    return ROUNDS / min(spent)


def cold() -> float:
    """Seconds from starting Python to the first letter: the best of some."""
    spent = []
    for _ in range(STARTS):
        begun = perf_counter()
        subprocess.run([sys.executable, "-c", FIRST], check=True)
        spent.append(perf_counter() - begun)
    return min(spent)


def weasyprint_rate() -> float | None:
    """The same letter by WeasyPrint, tagged as ours is; None where it or its libraries are not on this machine."""
    try:
        printer = import_module("weasyprint")
    except (ImportError, OSError):
        return None

    def make(n: int) -> object:
        of = facts(n)
        text = page(document(template(NAME, "en"), of), of, large=False, language="en")
        return printer.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")

    return rate(make)


def docxtpl_rate() -> float | None:
    """The same letter by docxtpl: our own draft as its template, with its marks where the facts stand."""
    try:
        docxtpl = import_module("docxtpl")
    except ImportError:
        return None
    marks = replace(A_VICTIM, recipient_name="{{ name }}", reference="{{ reference }}")
    with tempfile.NamedTemporaryFile(suffix=".docx") as kept:
        kept.write(render_word(NAME, marks, large=False, language="en"))
        kept.flush()

        def make(n: int) -> object:
            filled, whole = docxtpl.DocxTemplate(kept.name), io.BytesIO()
            of = facts(n)
            filled.render({"name": of.recipient_name, "reference": of.reference}, autoescape=True)
            filled.save(whole)
            return whole

        return rate(make)


def main() -> int:
    print(f"\nPython {python_version()} ({python_build()[1]})")
    print(f"The first letter to a victim, no two alike: letters in a second of one processor, best of {PARTS} parts")
    pdfs = rate(lambda n: render_pdf(NAME, facts(n), large=False, language="en"))
    words = rate(lambda n: render_word(NAME, facts(n), large=False, language="en"))
    weasyprint, docxtpl, first = weasyprint_rate(), docxtpl_rate(), cold()
    for what, value in (
        ("PDF, tagged (ours, typst)", pdfs), ("PDF, tagged (WeasyPrint, from our HTML)", weasyprint),
        ("Word draft (ours, python-docx)", words), ("Word draft (docxtpl, from a ready document)", docxtpl),
    ):  # fmt: skip
        print(f"{what:52} {'not on this machine' if value is None else f'{value:9,.0f} a second'}")
    print(f"{f'The first PDF of a cold process, best of {STARTS}':52} {first:9.2f} s")
    missed = [
        f"{what}: {value:,.2f}, wanted {wanted}"
        for what, value, wanted, met in (
            ("PDFs a second", pdfs, f"{PDFS:.0f} or more", pdfs >= PDFS),
            ("Word drafts a second", words, f"{WORDS:.0f} or more", words >= WORDS),
            ("seconds to the first letter", first, f"less than {COLD}", first < COLD),
        )
        if not met
    ]
    print("\n".join(f"MISSED  {each}" for each in missed) or "All targets met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
