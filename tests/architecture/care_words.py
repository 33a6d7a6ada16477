"""Finds words for sexual contact in whatever the program is made of: names, texts, tables, pages, scripts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# Roots, so that "sexual", "arousal" and "kissing" are found by "sexual", "arous" and "kiss".
ROOTS = (
    "sexual", "erotic", "genital", "breast", "buttock", "groin", "thigh", "penis", "penile", "vagin", "vulv",
    "clitor", "intima", "arous", "orgasm", "climax", "kiss", "naked", "nude", "nudity", "undress", "massag",
    "cuddl", "caress", "fondl", "libido", "seduc", "porn", "tantr", "sensual", "masturbat", "intercourse",
    "prostitut", "lover", "sexy", "surrogate",
)  # fmt: skip
# A person's sex as recorded is a fact that models ask for; any other use of the word is looked at.
RECORDED_SEX = "sex"
_WORD = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words(text: str) -> set[str]:
    """The roots and the word `sex` that stand in a text or a name, whatever its case or joints."""
    parts = _WORD.findall(_CAMEL.sub(" ", text).replace("_", " ").lower())
    found = {root for part in parts for root in ROOTS if part.startswith(root)}
    return found | ({RECORDED_SEX} & set(parts))


def in_file(path: Path) -> set[str]:
    """What is found in a file; of Python all but comments and docstrings, of the rest everything."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return words(text)
    return {word for piece in _pieces(ast.parse(text)) for word in words(piece)}


def _pieces(tree: ast.Module) -> Iterator[str]:
    """Names and texts of a module."""
    docstrings = {id(one) for one in _docstrings(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docstrings:
                yield text
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.alias(name=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value
