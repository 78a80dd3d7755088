"""Reads a script of JavaScript far enough to know which names it declares where, and which it takes from outside."""

import re
from dataclasses import dataclass, field

KEYWORDS = frozenset((
    "await", "async", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
    "else", "extends", "false", "finally", "for", "function", "if", "in", "instanceof", "let", "new", "null", "of",
    "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void",
    "while", "yield",
))  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<number>\d[\w.]*)
      | (?P<name>\#?[A-Za-z_$][\w$]*)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<mark>=>|\.\.\.|\?\.(?!\d)|[-+*/%&|^<>=!?]=+|&&=?|\|\|=?|\?\?=?|\+\+|--|.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_PIECE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_BEFORE_A_VALUE = {"return", "typeof", "case", "in", "of", "await", "new", "void", "delete", "else", "throw"}
_CLOSES = {"(": ")", "[": "]", "{": "}", "${": "}"}


def tokens(text: str) -> list[str]:
    """The words and marks of a script without its comments; a string is `""`, a regular expression `//`.

    The places of a template stand between `${` and `}`.
    """
    found: list[str] = []
    inside: list[str] = []  # what has been opened: "{" or the "${" of a template
    at = 0
    while at < len(text):
        if text[at] == "`":
            at = _template(text, at + 1, found, inside)
        elif text[at] == "}" and inside and inside.pop() == "${":
            found.append("}")
            at = _template(text, at + 1, found, inside)
        elif text[at] == "/" and text[at + 1] not in "/*" and _value_comes(found):
            at = _REGEX.match(text, at).end()
            found.append("//")
        else:
            match = _TOKEN.match(text, at)
            at = match.end()
            if match.lastgroup != "blank":
                found.append('""' if match.lastgroup == "string" else match[0])
            if match[0] == "{":
                inside.append("{")
    return found


def _template(text: str, at: int, found: list[str], inside: list[str]) -> int:
    """The letters of a template as far as its next place or its end."""
    at = _PIECE.match(text, at).end()
    found.append('""')
    if text[at] == "`":
        return at + 1
    inside.append("${")
    found.append("${")
    return at + 2


def _value_comes(found: list[str]) -> bool:
    last = found[-1] if found else ";"
    return last in _BEFORE_A_VALUE or not (last[0].isalnum() or last[0] in '_$#"/)]}')


def is_name(token: str) -> bool:
    return bool(re.match(r"[A-Za-z_$]", token)) and token != "${" and token not in KEYWORDS


@dataclass
class Script:
    """The tokens of a script, which bracket closes which, and where each name is known."""

    words: list[str]
    closes: dict[int, int] = field(default_factory=dict)
    blocks: list[tuple[int, int]] = field(default_factory=list)
    known: list[tuple[str, int, int]] = field(default_factory=list)  # name, from its token to that

    def declared(self) -> list[str]:
        """The names that the whole script knows, each as often as it is declared."""
        return [name for name, begin, end in self.known if (begin, end) == (0, len(self.words))]

    def free(self) -> set[str]:
        """The names used where nothing in the script declares them."""
        return {name for at, name in enumerate(self.words) if self._used(at) and not self._knows(name, at)}

    def _knows(self, name: str, at: int) -> bool:
        return any(name == one and begin <= at <= end for one, begin, end in self.known)

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ";"

    def _used(self, at: int) -> bool:
        """Whether the name here stands for a value: no member, key, method or field."""
        name, last, after = self.word(at), self.word(at - 1), self.word(at + 1)
        if not is_name(name) or last in (".", "?.", "static", "get", "set") or (last in "{," and after == ":"):
            return False
        if name in ("get", "set") and is_name(after):
            return False
        return not (after == "(" and self.word(self.closes[at + 1] + 1) == "{")

    def _around(self, at: int) -> tuple[int, int]:
        """The innermost block around a token."""
        inner = [(begin, end) for begin, end in self.blocks if begin < at < end]
        return max(inner, default=(0, len(self.words)))

    def past(self, at: int) -> int:
        """The token behind the expression that begins here."""
        while self.word(at) not in (",", ";", ")", "]", "}"):
            at = self.closes.get(at, at) + 1
        return at

    def pattern(self, at: int) -> tuple[list[str], int]:
        """The names bound by a pattern, and the token behind it and its default."""
        names: list[str] = []
        if self.word(at) == "...":
            at += 1
        if self.word(at) in ("{", "["):
            end, braces = self.closes[at], self.word(at) == "{"
            names, at = self.patterns(at + 1, end, keyed=braces), end + 1
        else:
            names, at = [self.word(at)], at + 1
        return names, self.past(at) if self.word(at) == "=" else at

    def patterns(self, at: int, end: int, *, keyed: bool = False) -> list[str]:
        names: list[str] = []
        while at < end:
            if self.word(at) == ",":
                at += 1
                continue
            if keyed and self.word(at + 1) == ":":
                at += 2
            found, at = self.pattern(at)
            names += found
        return names

    def keep(self, names: list[str], begin: int, end: int) -> None:
        self.known += [(name, begin, end) for name in names]

    def read(self) -> "Script":
        opened: list[int] = []
        for at, word in enumerate(self.words):
            if word in _CLOSES:
                opened.append(at)
            elif word in (")", "]", "}"):
                begin = opened.pop()
                assert _CLOSES[self.words[begin]] == word, self.words[begin : at + 1]
                self.closes[begin] = at
        self.blocks = [(begin, end) for begin, end in self.closes.items() if self.words[begin] == "{"]
        for at in range(len(self.words)):
            self._declarations(at)
        return self

    def _declarations(self, at: int) -> None:
        word, after = self.word(at), self.word(at + 1)
        if self.word(at - 1) in (".", "?."):
            return
        if word in ("class", "function") and is_name(after):
            self.keep([after], *self._around(at))
        elif word in ("const", "let", "var"):
            self._variables(at)
        elif word == "(":
            self._parameters(at)
        elif is_name(word) and after == "=>":
            self.keep([word], at, self._body(at + 2))

    def _variables(self, at: int) -> None:
        if self.word(at - 1) == "(":  # of a loop
            end = self.closes[at - 1]
            scope = at, self.closes[end + 1] if self.word(end + 1) == "{" else self.past(end + 1)
        else:
            scope = self._around(at)
        names, at = self.pattern(at + 1)
        while self.word(at) == ",":
            more, at = self.pattern(at + 1)
            names += more
        self.keep(names, *scope)

    def _parameters(self, at: int) -> None:
        end, before = self.closes[at], self.word(at - 1)
        after = self.word(end + 1)
        if after == "=>" or (after == "{" and before not in ("if", "for", "while", "switch")):
            self.keep(self.patterns(at + 1, end), at, self._body(end + 2 if after == "=>" else end + 1))

    def _body(self, at: int) -> int:
        return self.closes[at] if self.word(at) == "{" else self.past(at)


def script(text: str) -> Script:
    return Script(tokens(text)).read()
