"""Hostile files by kind: broken on purpose, or made to do harm. All names are invented.

`FILES` holds what fits one file, `PLACES` what needs a file system: links, pipes, folders.
"""

import io
import os
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PEOPLE = "person_id,name,born,role,grade,lat,lon\nA,Ánh,1990,victim,B2,1,2\nB,Bo,,guard,,,\n"
TIES = "source,target,kind,weight,first,last\nA,B,called,2,2019-05,2020\nB,A,paid,3,,\n"
SHEET = "case_id,person,role,place,date\nC1,Ann,victim,Lào Cai,2019-05\nC2,Bo,guard,Hà Nội,2020\n"

_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r", "cr cr lf": "\r\r\n", "lf cr": "\n\r",
         "nel": "\x85", "ls": "\u2028", "ps": "\u2029", "vt": "\x0b", "ff": "\x0c"}  # fmt: skip
_MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff",
          "utf-32-le": b"\xff\xfe\0\0", "utf-32-be": b"\0\0\xfe\xff"}  # fmt: skip


def _encodings() -> dict[str, bytes]:
    made = {}
    for code, mark in _MARKS.items():
        text = PEOPLE.encode(code)
        made |= {
            f"{code} with its mark": mark + text,
            f"{code} without a mark": text,
            f"{code} with its mark twice": mark + mark + text,
            f"{code} with a mark in the middle": mark + text + mark + text,
            f"{code} cut in a sign": (mark + text)[:-1],
            f"{code} cut by three bytes": (mark + text)[:-3],
            f"{code} with a byte more": mark + text + b"\xff",
            f"only the mark of {code}": mark,
            f"mark of {code}, text of utf-8": mark + PEOPLE.encode(),
            f"mark of {code}, text of cp1258": mark + "person_id,name\nA,Ann\xe9\n".encode("cp1252"),
        }  # fmt: skip
    quotes = "person_id,name\nA,\u201cAnn\u201d \u2013 \u2018Bo\u2019\u2026\nB,caf\xe9\n"
    made |= {
        "windows quotes": quotes.encode("cp1252"),
        "windows and utf-8 mixed": quotes.encode("cp1252") + quotes.encode(),
        "half a surrogate": b"person_id\n\xed\xa0\x80\nB\n",
        "overlong slash": b"person_id\n\xc0\xaf\nB\n",
        "beyond unicode": b"person_id\n\xf4\x90\x80\x80\nB\n",
        "half a surrogate in utf-16": b"\xff\xfe" + "person_id\n".encode("utf-16-le") + b"\x00\xd8\n\0",
        "utf-7": b"person_id,name\nA,+AEA-\n",
        "ebcdic": PEOPLE.replace("Á", "A").encode("cp037"),
        "every byte": b"person_id\n" + bytes(range(256)) + b"\n",
        "only 0xff": b"\xff" * 5_000,
        "only 0x80": b"person_id\n" + b"\x80" * 5_000,
        "noise": bytes(n * n * 7919 % 251 for n in range(20_000)),
    }  # fmt: skip
    return {f"encoding {name}": data for name, data in made.items()}


def _line_ends() -> dict[str, bytes]:
    made = {}
    for name, end in _ENDS.items():
        made[f"lines end in {name}"] = PEOPLE.replace("\n", end).encode()
        made[f"a cell holds {name}"] = f'person_id,name\nA,"An{end}n"\nB,Bo\n'.encode()
        made[f"a plain cell holds {name}"] = f"person_id,name\nA,An{end}n\nB,Bo\n".encode()
        made[f"a heading holds {name}"] = f'person_id,"na{end}me"\nA,Ann\n'.encode()
    made |= {
        "lines end in each way": b"person_id,name\r\nA,Ann\nB,Bo\rC,Cy\r\r\nD,Di\n",
        "a million empty lines": b"person_id\n" + b"\n" * 1_000_000 + b"A\n",
        "a million lines of commas": b"person_id,name\n" + b",\n" * 1_000_000 + b"A,B\n",
        "only line ends": b"\n" * 50_000,
        "only spaces": b" " * 50_000,
        "no line end": b"person_id,name",
        "empty": b"",
        "only headings": b"person_id,name\n",
        "one byte": b"A",
        "blank lines before": b"\n\n  \n,,\n" + PEOPLE.encode(),
        "a title before": b"List of people,,\n\nperson_id,name\nA,Ann\n",
    }
    return made


def _quotes() -> dict[str, bytes]:
    cells = {
        "unclosed": '"Ann', "opened late": 'An"n', "closed early": '"An"n', "lone": '"',
        "three": '"""', "four": '""""', "odd run": '"' * 99_999, "spaced": ' "Ann" ',
        "escaped": '"An\\"n"', "single": "'Ann'", "curly": "\u201cAnn\u201d",
        "across lines": '"Ann\nB,Bo\nC,Cy', "holds delimiter": '"Ann;x\ty|z,w"',
    }  # fmt: skip
    return {
        f"quotes {name}": f"person_id,name\nA,{cell}\nB,Bo\nC,Cy\n".encode()
        for name, cell in cells.items()
    }


def _headings() -> dict[str, bytes]:
    heads = {
        "twice": "person_id,name,name", "key twice": "person_id,person_id,name",
        "empty": "person_id,,", "all empty": ",,", "spaces": "person_id, , ",
        "zero width": "\u200bperson_id,name\u200b,\ufeff", "case": "PERSON_ID,Name,NAME",
        "delimiter": '"person_id,x",name,y', "number": "1,2,3", "formula": "=1+1,+x,@y",
        "markup": "person_id,<script>alert(1)</script>,<b>", "newline": '"person_id\n",name,x',
        "nul": "person_id\0,name,x", "long": "person_id," + "n" * 100_000 + ",x",
        "own": "ringmap_row,ringmap_line,person_id", "own twice": "ringmap_row,ringmap_row,person_id",
        "only own": "ringmap_row,ringmap_line,ringmap_reason", "turned": "person_id,\u202eeman,x",
        "dunder": "person_id,__class__,__init__", "percent": "person_id,%s%n,{0}",
        "synonyms": "person_id,full name,name", "two keys": "person_id,case_id,place_id",
        "sheet and ties": "case_id,person,source",
    }  # fmt: skip
    return {f"heading {name}": f"{head}\nA,B,C\nD,E,F\n".encode() for name, head in heads.items()}


_CELLS = {
    "formula": "=1+1", "command": "=cmd|' /C calc'!A0", "at": "@SUM(1)", "plus": "+1+1",
    "link": "=HYPERLINK(\"http://x.invalid\")", "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>", "javascript": "javascript:alert(1)",
    "end of script": "</script><script>", "comment": "<!--", "cdata": "]]>", "nul": "a\0b",
    "only nul": "\0", "bell": "\x07", "escape": "\x1b[31mred", "delete": "\x7f",
    "turned": "\u202eabc", "zero width": "a\u200bb", "joined": "\u0301\u0301", "bom": "\ufeff",
    "tall": "Z" + "\u0301" * 10_000, "private": "\ue000", "no sign": "\ufffe", "emoji": "👩‍👩‍👧",
    "not a number": "NaN", "infinite": "Infinity", "minus infinite": "-inf", "large": "1e999",
    "long number": "9" * 5_000, "small": "1e-999", "hex": "0x1F", "underscore": "1_000",
    "arabic digits": "٣٤٥", "fraction": "½", "roman": "Ⅳ", "full width": "１２", "minus sign": "\u22125",
    "percent": "50%", "none": "None", "null": "NULL", "na": "#N/A", "true": "TRUE",
    "date 0": "0000-00-00", "date 31": "31/02/2019", "date far": "99999-01-01", "year 0": "0",
    "date long": "2019-" * 5_000, "dashes": "-" * 50_000, "slashes": "/" * 50_000,
    "backslashes": "\\" * 50_000, "semicolons": ";" * 50_000, "spaces": " " * 50_000,
    "percent s": "%s%s%n", "braces": "{0.__class__}", "template": "${7*7}", "path": "../../etc/passwd",
    "surrogate pair": "\U0001f600", "hangul": "ᄀ" * 3_000, "a name": "Victim 1", "quote": "O'Brien",
}  # fmt: skip
#: Cells that changed what became of a whole file.
_ALONE = ("semicolons", "nul", "tall", "long number", "dashes", "bom", "surrogate pair", "large")
_PLACES_OF_CELLS = {
    "people": "person_id,name,born,role,grade,lat,lon,phone,source_ref\n{0},{0},{0},{0},{0},{0},{0},{0},{0}\nB,Bo,,,,,,,\n",
    "ties": "source,target,kind,weight,first,last,note\n{0},B,{0},{0},{0},{0},{0}\nB,C,,,,,\n",
    "sheet": "case_id,person,role,place,province,country,date\n{0},{0},{0},{0},{0},{0},{0}\nC,Bo,,,,,\n",
    "legs": "event_id,kind,date,from_place,to_place,person_id,moved_by,leg\n{0},{0},{0},{0},{0},{0},{0},{0}\nE,,,,,,,\n",
}  # fmt: skip


def _cells() -> dict[str, tuple[str, bytes]]:
    """Every hostile cell in every column, a row each, for each kind of table."""

    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    made = {}
    for name, form in _PLACES_OF_CELLS.items():
        head, row, last = form.splitlines()
        rows = [row.replace("{0}", quoted(cell)) for cell in _CELLS.values()]
        made[f"hostile cells of {name}"] = f"{name}.csv", "\n".join([head, *rows, last]).encode()
        made |= {
            f"{kind} in {name}": (
                f"{name}.csv",
                f"{head}\n{row.replace('{0}', quoted(cell))}".encode(),
            )
            for kind, cell in _CELLS.items()
            if kind in _ALONE
        }
    return made


def _shapes() -> dict[str, bytes]:
    return {
        "ten million characters in a cell": b"person_id,name\nA," + b"x" * 10_000_000 + b"\nB,Bo\n",
        "a hundred thousand columns": b",".join([b"person_id", *[b"c"] * 99_999]) + b"\nA\n",
        "a hundred thousand cells": b"person_id,name\n" + b"," * 100_000 + b"\nB,Bo\n",
        "ragged": b"person_id,name,born\nA\nB,Bo\nC,Cy,1990\nD,Di,1991,x\nE,Ed,1992,x,y,z\n",
        "semicolons and decimal commas": b"source;target;weight\nA;B;1,5\nB;C;2,25\n",
        "commas and decimal commas": b"source,target,weight\nA,B,1,5\nB,C,2,25\n",
        "tab and comma": b"person_id\tname,x\nA\tAnn,y\nB\tBo,z\n",
        "another delimiter later": b"person_id,name\nA,Ann\nB;Bo\nC;Cy\nD;Di\n",
        "sep line": b"sep=;\nperson_id;name\nA;Ann\n",
        "caret": b"person_id^name\nA^Ann\n",
        "duplicate ids": b"person_id,name\nA,Ann\nA,Bo\nA,Ann\n",
        "ids by zero width": "person_id,name\nA,Ann\nA\u200b,Bo\n\u200dA,Cy\n".encode(),
        "ids by case": b"person_id,name\na,Ann\nA,Bo\n",
        "ids by form": "person_id,name\n\u00c1,Ann\nA\u0301,Bo\n".encode(),
        "ties to itself": b"source,target\nA,A\n" * 3,
        "headings again": b"source,target\nA,B\nsource,target\nB,C\n",
        "fifty thousand rows of one id": b"person_id,name\n" + b"A,Ann\n" * 50_000,
        "fifty thousand bad dates": b"person_id,born\n"
        + b"".join(b"P%d,no date %d\n" % (n, n) for n in range(50_000)),
        "matrix ragged": b",A,B,C\nA,0,1\nB,1,0,2,5\nC,0,2,0\n",
        "matrix not square": b",A,B,C\nA,0,1,0\nB,1,0,1\n",
        "matrix of words": b",A,B\nA,x,y\nB,z,w\n",
        "matrix of one": b",A\nA,1\n",
        "matrix labels twice": b",A,A\nA,0,1\nA,1,0\n",
        "matrix of huge numbers": b",A,B\nA,0,1e308\nB,1e309,0\n",
        "list of numbers": b"0 1\n1 2 x\n2\n\n3 4 5 6\n",
        "market": b"%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2 1.0\n2 3 1.0\n",
        "one column": b"A\nB\nC\n",
        "html": b"<!DOCTYPE html><html><table><tr><td>A</td></tr></table></html>",
        "pdf": b"%PDF-1.4\n%x\n", "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "gzip": b"\x1f\x8b\x08\0" + b"\0" * 50, "zip mark alone": b"PK\x03\x04",
        "ole mark": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "elf": b"\x7fELF" + b"\0" * 99,
        "yaml": b"people:\n - &a {person_id: A}\n - *a\n", "sql": b"CREATE TABLE people (id);",
        "rtf": b"{\\rtf1 hello}", "tar": b"people.csv" + b"\0" * 2_000,
        "short rows under many headings": b",".join([b"person_id", *[b"c"] * 1_999]) + b"\nA" * 100_000,
    }  # fmt: skip


def _json() -> dict[str, bytes]:
    texts = {
        "deep lists": "[" * 100_000, "deep lists closed": "[" * 5_000 + "]" * 5_000,
        "deep objects": '{"a":' * 50_000, "deep cell": '[{"person_id":' + "[" * 60 + "]" * 60 + "}]",
        "key twice": '{"people": [{"person_id": "A", "person_id": "B"}]}',
        "table twice": '{"people": [{"person_id": "A"}], "people": [{"person_id": "B"}]}',
        "table in two cases": '{"people": [{"person_id": "A"}], "PEOPLE": [{"person_id": "B"}]}',
        "nan": '[{"source": "A", "target": "B", "weight": NaN}]',
        "infinity": '[{"source": "A", "target": "B", "weight": -Infinity}]',
        "long number": '[{"person_id": ' + "9" * 10_000 + "}]",
        "long exponent": '[{"source": "A", "target": "B", "weight": 1e99999}]',
        "surrogate": '[{"person_id": "\\ud800"}, {"person_id": "B"}]',
        "surrogate key": '[{"person_id": "A", "\\ud800": "x"}]',
        "surrogate table": '{"\\ud800": [{"person_id": "A"}], "people": []}',
        "nul": '[{"person_id": "a\\u0000b"}]', "raw nul": '[{"person_id": "a\0b"}]',
        "raw newline": '[{"person_id": "a\nb"}]', "bool": '[{"person_id": true}]',
        "object id": '[{"person_id": {"x": 1}}]', "list id": '[{"person_id": ["a", "b"]}]',
        "rows of lists": '[["person_id"], ["A"]]', "rows of nothing": "[null, null]",
        "unlike rows by the thousand": "[" + ", ".join(f'{{"k{n}": 1}}' for n in range(4_000)) + "]",
        "numbers": "[1, 2, 3]", "row mixed": '[{"person_id": "A"}, 7, "x", null, ["y"]]',
        "empty list": "[]", "empty object": "{}", "empty rows": "[{}, {}]", "text": '"people"',
        "null": "null", "trailing": '[{"person_id": "A"}] x', "comma": '[{"person_id": "A"},]',
        "comment": '[{"person_id": "A"} /* x */]', "single quotes": "[{'person_id': 'A'}]",
        "table no list": '{"people": {"A": {"name": "Ann"}}}', "table text": '{"people": "A"}',
        "table unknown": '{"folk": [{"person_id": "A"}]}', "empty key": '[{"": "A"}]',
        "nodes alone": '{"nodes": [{"id": "A"}]}', "nodes no lists": '{"nodes": 1, "edges": 2}',
        "links to nowhere": '{"nodes": [{"id": "A"}], "links": [{"source": "A", "target": "Z"}]}',
        "nodes odd": '{"nodes": ["A", 1, null], "edges": [["A", "B"], {"source": {"id": "A"}}]}',
        "many keys": '[{"person_id": "A", ' + ", ".join(f'"k{n}": 1' for n in range(5_000)) + "}]",
        "many tables": "{" + ", ".join(f'"k{n}": [{{"person_id": "A"}}]' for n in range(500)) + "}",
        "unlike rows": "[" + ", ".join(f'{{"person_id": "P{n}", "k{n}": 1}}' for n in range(1_500)) + "]",
        "html": '[{"person_id": "A", "name": "</script><script>alert(1)</script>"}]',
        "proto": '[{"person_id": "A", "__proto__": {"x": 1}}]',
        "lines": '{"person_id": "A"}\n{"person_id": "B"}\nnot json\n{"person_id": "C"}\n',
        "lines cut": '{"person_id": "A"}\n{"person_id": "B"',
        "lines mixed": '{"type": "node", "id": "A"}\n{"type": "edge"}\n{"type": "other"}\n',
        "lines list type": '{"type": ["node"], "id": "A"}\n{"type": {"a": 1}}\n',
        "lines cr": '{"person_id": "A"}\r{"person_id": "B"}\r',
        "lines crlf": '{"person_id": "A"}\r\n{"person_id": "B"}\r\n',
        "ftm": '{"id": "a", "schema": "Person", "properties": {"name": "Ann"}}\n'
        '{"id": "b", "schema": 7, "properties": []}\n',
        "ftm odd": '{"id": null, "schema": ["x"], "properties": {"name": [{"x": 1}]}}\n',
        "relationship": '{"type": "relationship", "start": 1, "end": {"id": 2}, "label": "X"}\n',
        "relationship no end": '{"type": "relationship", "start": {}, "label": ["X"]}\n',
    }  # fmt: skip
    made = {f"json {name}": text.encode() for name, text in texts.items()}
    plain = '[{"person_id": "Á"}]'
    for code, mark in _MARKS.items():
        made[f"json in {code}"] = plain.encode(code)
        made[f"json in {code} with its mark"] = mark + plain.encode(code)
        made[f"json in {code} cut"] = (mark + plain.encode(code))[:-1]
    return made


_NS = 'xmlns="http://graphml.graphdrawing.org/xmlns"'


def _graphml() -> dict[str, bytes]:
    def of(inner: str, head: str = "", ns: str = _NS) -> str:
        return f'<?xml version="1.0"?>{head}<graphml {ns}>{inner}</graphml>'

    node, two = '<node id="a"/>', '<node id="a"/><node id="b"/>'
    edge = '<edge source="a" target="b"/>'
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    texts = {
        "wrong namespace": of(f"<graph>{node}</graph>", ns='xmlns="urn:x"'),
        "no namespace": of(f"<graph>{node}</graph>", ns=""),
        "prefix": f'<g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns"><g:graph>{node}</g:graph></g:graphml>',
        "laughs": of("<graph/>", f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>').replace("<graph/>", "<graph><node id='&l9;'/></graph>"),
        "entity of a file": of("<graph><node id='a'>&x;</node></graph>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "outside subset": of("<graph/>", '<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd">'),
        "parameter entity": of("<graph/>", '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://x.invalid/"> %p;]>'),
        "many attributes": of("<graph><node id='a' " + " ".join(f'a{n}="x"' for n in range(50_000)) + "/></graph>"),
        "many data": of("<graph><node id='a'>" + "".join(f'<data key="d{n}">x</data>' for n in range(3_000)) + "</node></graph>"),
        "one data many times": of("<graph><node id='a'>" + '<data key="d">x</data>' * 3_000 + "</node></graph>"),
        "one key many times": of('<key id="d" for="node" attr.name="n"><default>x</default></key>' * 5_000 + f"<graph>{node}</graph>"),
        "many defaults": of("".join(f'<key id="d{n}" for="all" attr.name="n"><default>x</default></key>' for n in range(1_500)) + "<graph>" + "".join(f'<node id="n{n}"/>' for n in range(100)) + "</graph>"),
        "deep graphs": of("<graph><node id='a'>" * 2_000),
        "deep but closed": of("<graph><node id='a'>" * 30 + "</node></graph>" * 30),
        "node in node": of(f"<graph><node id='a'>{node}</node></graph>"),
        "edge in node": of(f"<graph><node id='a'>{edge}</node></graph>"),
        "node no id": of("<graph><node/></graph>"), "node empty id": of('<graph><node id=""/></graph>'),
        "node twice": of(f"<graph>{node}{node}</graph>"),
        "edge no target": of(f'<graph>{two}<edge source="a"/></graph>'),
        "edge to nowhere": of(f'<graph>{node}<edge source="a" target="z"/></graph>'),
        "edges only": of(f"<graph>{edge}</graph>"), "no graph": of(""), "two graphs": of(f"<graph>{two}{edge}</graph><graph>{two}</graph>"),
        "hyperedge": of('<graph><hyperedge><endpoint node="a"/></hyperedge></graph>'),
        "graphml in graphml": of(of("").removeprefix('<?xml version="1.0"?>')),
        "data outside": of('<data key="d">x</data>'), "default outside": of("<default>x</default>"),
        "key no id": of('<key for="node"/>'), "key odd for": of('<key id="d" for="moon" attr.name="x"/><graph><node id="a"><data key="d">1</data></node></graph>'),
        "key named id": of('<key id="d" for="node" attr.name="id"/><graph><node id="a"><data key="d">b</data></node></graph>'),
        "key named source": of(f'<key id="d" for="edge" attr.name="source"/><graph>{two}<edge source="a" target="b"><data key="d">z</data></edge></graph>'),
        "data in data": of('<graph><node id="a"><data key="d"><data key="e">x</data>y</data></node></graph>'),
        "markup in data": of('<graph><node id="a"><data key="d">x<b>y</b>z</data></node></graph>'),
        "cdata": of('<graph><node id="a"><data key="d"><![CDATA[</script>]]></data></node></graph>'),
        "long data": of('<graph><node id="a"><data key="d">' + "x" * 2_000_000 + "</data></node></graph>"),
        "nul": of('<graph><node id="a\0"/></graph>'), "sign 0": of('<graph><node id="&#0;"/></graph>'),
        "sign 1": of('<graph><node id="&#1;"/></graph>'), "half sign": of('<graph><node id="&#xD800;"/></graph>'),
        "cut": of(f"<graph>{two}{edge}</graph>")[:-20], "trailing": of(f"<graph>{node}</graph>") + "x",
        "two roots": of("") + of("").removeprefix('<?xml version="1.0"?>'),
        "weight odd": of(f'<graph>{two}<edge source="a" target="b" weight="NaN"/><edge source="a" target="b" weight="x"/></graph>'),
        "encoding lies": of(f"<graph>{node}</graph>").replace('"1.0"', '"1.0" encoding="utf-16"'),
        "encoding unknown": of(f"<graph>{node}</graph>").replace('"1.0"', '"1.0" encoding="klingon"'),
        "encoding utf-7": of(f"<graph>{node}</graph>").replace('"1.0"', '"1.0" encoding="utf-7"'),
        "version 9": of(f"<graph>{node}</graph>").replace('"1.0"', '"9.0"'),
        "self edge": of(f'<graph>{node}<edge source="a" target="a"/></graph>'),
        "only declaration": '<?xml version="1.0"?>', "svg": "<svg/>", "instruction": '<?xml version="1.0"?><?x y?><a/>',
        "gexf cyclic": '<gexf xmlns="http://www.gexf.net/1.2draft"><graph><nodes><node id="a" pid="b"/><node id="b" pid="a"/></nodes></graph></gexf>',
        "gexf own parent": '<gexf xmlns="http://www.gexf.net/1.2draft"><graph><nodes><node id="a" pid="a"/></nodes></graph></gexf>',
        "gexf no namespace": '<gexf><graph><nodes><node id="a"/></nodes><edges><edge source="a" target="b"/></edges></graph></gexf>',
        "gexf odd value": '<gexf xmlns="http://www.gexf.net/1.2draft"><graph><attributes class="moon"><attribute id="0" title="id"/></attributes><nodes><node id="a"><attvalues><attvalue/><attvalue for="0" value="x"/></attvalues></node></nodes></graph></gexf>',
        "gexf attribute no id": '<gexf xmlns="http://www.gexf.net/1.2draft"><graph><attributes><attribute title="x"/></attributes></graph></gexf>',
        "gexf spells": '<gexf xmlns="http://www.gexf.net/1.3"><graph mode="dynamic"><nodes><node id="a" start="2019-99-99"/></nodes><edges><edge source="a" target="a" start="x" end="y"/></edges></graph></gexf>',
        "gexf in graphml": of('<gexf xmlns="http://www.gexf.net/1.2draft"/>'),
    }  # fmt: skip
    made = {f"graph {name}": text.encode() for name, text in texts.items()}
    plain = of(f"<graph>{two}{edge}</graph>")
    for code, mark in _MARKS.items():
        made[f"graph in {code}"] = mark + plain.encode(code)
    return made


def _networks() -> dict[str, bytes]:
    texts = {
        "dl negative": "dl n=-3\ndata:\n0 1\n", "dl zero": "dl n=0\ndata:\n",
        "dl huge": "dl n=1000000000\nformat=edgelist1\ndata:\n1 2\n",
        "dl huge matrix": "dl n=999999999\ndata:\n0 1\n", "dl no n": "dl\ndata:\n0 1\n1 0\n",
        "dl short": "dl n=3\ndata:\n0 1 0\n1 0\n", "dl long": "dl n=2\ndata:\n0 1\n1 0\n5 5\n",
        "dl words": "dl n=2\ndata:\na b\nc d\n", "dl labels few": "dl n=3\nlabels:\na,b\ndata:\n0 1 0\n1 0 0\n0 0 0\n",
        "dl labels many": "dl n=1\nlabels:\na,b,c\ndata:\n0\n", "dl labels twice": "dl n=2\nlabels:\na,a\ndata:\n0 1\n1 0\n",
        "dl format odd": "dl n=2 format=moon\ndata:\n0 1\n", "dl edge beyond": "dl n=2 format=edgelist1\ndata:\n1 9\n0 1\n-1 2\n",
        "dl no data": "dl n=2\n", "dl nm": "dl n=2 nm=99999999\ndata:\n0 1\n1 0\n",
        "dl nr nc": "dl nr=2 nc=3\ndata:\n0 1 1\n1 0 0\n", "dl nan": "dl n=2\ndata:\n0 nan\ninf 0\n",
        "dl big number": "dl n=" + "9" * 5_000 + "\ndata:\n0\n", "dl only": "dl", "dl equals": "dl n==\ndata:",
        "dl nodelist": "dl n=3 format=nodelist1\ndata:\n1 2 3 9\nx\n", "dl embedded": "dl n=2 format=edgelist1\nlabels embedded\ndata:\na b 1\nb\n",
        "dl quotes": 'dl n=2\nlabels:\n"a,b",c"\ndata:\n0 1\n1 0\n', "dl cr": "dl n=2\rdata:\r0 1\r1 0\r",
        "dl diagonal": "dl n=3 diagonal=absent\ndata:\n1 1\n1 1\n1 1\n", "dl lower": "dl n=3 format=lowerhalf\ndata:\n1\n1 1\n",
        "pajek huge": "*Vertices 1000000000\n*Arcs\n1 2\n", "pajek many unlisted": "*Vertices 9999999\n*Arcs\n1 2\n", "pajek negative": "*Vertices -1\n*Arcs\n1 2\n",
        "pajek none": "*Vertices\n*Arcs\n1 2\n", "pajek words": "*Vertices two\n*Arcs\na b\n",
        "pajek beyond": '*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 3\n0 1\n-1 1\n', "pajek unclosed": '*Vertices 1\n1 "a\n*Arcs\n1 1\n',
        "pajek twice": '*Vertices 2\n1 "a"\n1 "b"\n*Edges\n1 2 x\n', "pajek two": '*Vertices 1\n1 "a"\n*Vertices 1\n1 "b"\n',
        "pajek matrix": "*Vertices 2\n*Matrix\n0 1\n1\n", "pajek list": "*Vertices 3\n*Arcslist\n1 2 3\n1\nx y\n",
        "pajek odd star": "*Moon 3\n", "pajek weight": "*Vertices 2\n*Arcs\n1 2 1e999\n1 2 nan\n2 1 -3\n",
        "pajek arcs first": "*Arcs\n1 2\n*Vertices 2\n", "pajek two-mode": "*Vertices 4 2\n*Edges\n1 2\n1 3\n",
        "pajek only": "*Vertices 3", "pajek big number": "*Vertices " + "9" * 5_000 + "\n", "pajek nul": '*Vertices 1\n1 "\0"\n',
        "pajek relations": '*Vertices 2\n*Arcs :1 "x"\n1 2 1 [1-2,5-*]\n', "pajek partition": "*Vertices 2\n*Partition x\n1\n",
    }  # fmt: skip
    return {name: text.encode() for name, text in texts.items()}


_SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_REL}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    f'<workbook xmlns="{_SHEET_NS}" xmlns:r="{_REL}"><sheets>'
    '<sheet name="people" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_BOOK_RELS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_REL}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_REL}/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)
_STRINGS = f'<sst xmlns="{_SHEET_NS}"><si><t>person_id</t></si><si><t>name</t></si></sst>'
_ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2"><v>7</v></c></row>'
)


def sheet_xml(rows: str) -> str:
    """A worksheet with these rows."""
    return f'<worksheet xmlns="{_SHEET_NS}"><sheetData>{rows}</sheetData></worksheet>'


def workbook(**parts: str | bytes | None) -> bytes:
    """An XLSX of two headings and one row; parts may be given otherwise, or None for none."""
    names = {"content": "[Content_Types].xml", "rels": "_rels/.rels", "book": "xl/workbook.xml",
             "book_rels": "xl/_rels/workbook.xml.rels", "sheet": "xl/worksheets/sheet1.xml",
             "strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}  # fmt: skip
    usual: dict[str, str | bytes | None] = {
        "content": CONTENT, "rels": _RELS, "book": _BOOK, "book_rels": _BOOK_RELS,
        "sheet": sheet_xml(_ROWS), "strings": _STRINGS,
    }  # fmt: skip
    return zipped({names[key]: part for key, part in (usual | parts).items() if part is not None})


def opendocument(body: str) -> bytes:
    """An ODS whose table holds this."""
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {namespaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="people">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _sheets() -> dict[str, bytes]:
    good = workbook()
    head = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'

    def cell(text: str) -> bytes:
        return workbook(sheet=sheet_xml(f"{head}{text}"))

    made = {
        "nul in a cell": cell('<row r="2"><c r="A2" t="str"><v>a\0b</v></c></row>'),
        "string beyond": cell('<row r="2"><c r="A2" t="s"><v>99</v></c></row>'),
        "string negative": cell('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>'),
        "string no number": cell('<row r="2"><c r="A2" t="s"><v>x</v></c></row>'),
        "string huge": cell(f'<row r="2"><c r="A2" t="s"><v>{"9" * 5_000}</v></c></row>'),
        "cell type odd": cell('<row r="2"><c r="A2" t="moon"><v>1</v></c></row>'),
        "cell nan": cell('<row r="2"><c r="A2"><v>nan</v></c></row>'),
        "cell 1e999": cell('<row r="2"><c r="A2"><v>1e999</v></c></row>'),
        "cell long number": cell(f'<row r="2"><c r="A2"><v>{"9" * 5_000}</v></c></row>'),
        "cell error": cell('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'),
        "cell bool odd": cell('<row r="2"><c r="A2" t="b"><v>7</v></c></row>'),
        "cell date odd": cell('<row r="2"><c r="A2" t="d"><v>2019-99-99</v></c></row>'),
        "formula no value": cell('<row r="2"><c r="A2"><f>1+1</f></c></row>'),
        "cell no place": cell("<row><c><v>1</v></c><c><v>2</v></c></row>"),
        "cell place odd": cell('<row r="2"><c r="é9"><v>1</v></c></row>'),
        "cell place far": cell('<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>'),
        "cell place row 0": cell('<row r="0"><c r="A0"><v>1</v></c></row>'),
        "row far": cell('<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>'),
        "row negative": cell('<row r="-1"><c r="A-1"><v>1</v></c></row>'),
        "row last": cell('<row r="1048576"><c r="A1048576" t="str"><v>Z</v></c></row>'),
        "row no number": cell('<row r="x"><c r="A2"><v>1</v></c></row>'),
        "rows backwards": cell('<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'),
        "row twice": cell('<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'),
        "cell twice": cell('<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'),
        "cell of another row": cell('<row r="2"><c r="A7"><v>1</v></c></row>'),
        "cell alone": workbook(sheet=sheet_xml('<c r="A1"><v>1</v></c>')),
        "row in row": cell('<row r="2"><row r="3"><c r="A3"><v>1</v></c></row></row>'),
        "cell in cell": cell('<row r="2"><c r="A2"><c r="B2"><v>1</v></c></c></row>'),
        "empty sheet": workbook(sheet=sheet_xml("")), "only headings": cell(""),
        "sheet no xml": workbook(sheet="not xml"), "sheet empty": workbook(sheet=b""),
        "sheet utf-16": workbook(sheet=sheet_xml(_ROWS).encode("utf-16")),
        "sheet encoding lies": workbook(sheet='<?xml version="1.0" encoding="utf-16"?>' + sheet_xml(_ROWS)),
        "sheet encoding unknown": workbook(sheet='<?xml version="1.0" encoding="x-moon"?>' + sheet_xml(_ROWS)),
        "sheet doctype": workbook(sheet='<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_xml(_ROWS)),
        "sheet bad byte": workbook(sheet=sheet_xml(_ROWS).encode().replace(b"<t>A", b"<t>\xff")),
        "sheet deep": workbook(sheet=sheet_xml("<row>" * 5_000)),
        "no sheet": workbook(sheet=None), "no strings": workbook(strings=None),
        "no book": workbook(book=None), "no book rels": workbook(book_rels=None),
        "no rels": workbook(rels=None), "no content": workbook(content=None),
        "content wrong": workbook(content=CONTENT.replace("sheet.main", "document.main")),
        "content no xml": workbook(content="x"), "book no xml": workbook(book="x"),
        "book no sheets": workbook(book=f'<workbook xmlns="{_SHEET_NS}"/>'),
        "book sheet no id": workbook(book=_BOOK.replace(' r:id="r1"', "")),
        "book sheet no name": workbook(book=_BOOK.replace('name="people" ', "")),
        "book sheet twice": workbook(book=_BOOK.replace("</sheets>", '<sheet name="people" sheetId="2" r:id="r1"/></sheets>')),
        "book many sheets": workbook(book=_BOOK.replace("</sheets>", "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(3_000)) + "</sheets>")),
        "book wrong namespace": workbook(book=_BOOK.replace(_SHEET_NS, "urn:x")),
        "target outside": workbook(book_rels=_BOOK_RELS.replace("worksheets/sheet1.xml", "../../../etc/passwd")),
        "target itself": workbook(book_rels=_BOOK_RELS.replace("worksheets/sheet1.xml", "workbook.xml")),
        "target web": workbook(book_rels=_BOOK_RELS.replace('Target="worksheets/sheet1.xml"', 'Target="http://x.invalid/" TargetMode="External"')),
        "strings wrong": workbook(strings="<sst>"), "strings many": workbook(strings=f'<sst xmlns="{_SHEET_NS}">' + "<si><t>x</t></si>" * 100_000 + "</sst>"),
        "long text": workbook(strings=f'<sst xmlns="{_SHEET_NS}"><si><t>{"x" * 3_000_000}</t></si><si/></sst>'),
        "bomb": workbook(sheet=sheet_xml(_ROWS + " " * 60_000_000)),
        "cut": good[:-30], "cut half": good[: len(good) // 2], "only the end": good[-60:],
        "noise before": b"x" * 100 + good, "noise after": good + b"x" * 100,
        "wrong sum": _with_wrong_sum(good), "an empty zip": zipped({}), "a zip of text": zipped({"people.csv": PEOPLE}),
        "a zip in a zip": zipped({"a.xlsx": good}), "odd names": zipped({"../../x": "x", "/etc/x": "y", "a\0b": "z"}),
        "word": zipped({"[Content_Types].xml": CONTENT, "word/document.xml": "<x/>"}),
        "xlsb": zipped({"[Content_Types].xml": CONTENT, "xl/workbook.bin": b"\0"}),
        "many files": zipped({"[Content_Types].xml": CONTENT} | {f"x{n}": "" for n in range(3_000)}),
        "styles odd": workbook(styles=f'<styleSheet xmlns="{_SHEET_NS}"><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'),
        "style beyond": cell('<row r="2"><c r="A2" s="99"><v>1</v></c><c r="B2" s="x"><v>2</v></c></row>'),
        "column of whole width": cell('<row r="2"><c r="XFD2"><v>1</v></c></row>'),
        "merge": workbook(sheet=sheet_xml(_ROWS).replace("</worksheet>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')),
        "merge odd": workbook(sheet=sheet_xml(_ROWS).replace("</worksheet>", '<mergeCells><mergeCell ref="x"/><mergeCell/></mergeCells></worksheet>')),
    }  # fmt: skip
    row = "<table:table-row{}>{}</table:table-row>"
    text = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    heads = row.format("", text.format("person_id") + text.format("name"))
    bodies = {
        "plain": heads + row.format("", text.format("A")),
        "rows repeated": heads + row.format(' table:number-rows-repeated="1000000000"', text.format("A")),
        "cells repeated": heads + row.format("", '<table:table-cell table:number-columns-repeated="1000000000"><text:p>x</text:p></table:table-cell>'),
        "repeated negative": heads + row.format(' table:number-rows-repeated="-5"', text.format("A")),
        "repeated word": heads + row.format(' table:number-rows-repeated="x"', text.format("A")),
        "repeated long": heads + row.format(f' table:number-rows-repeated="{"9" * 5_000}"', text.format("A")),
        "empty repeated": heads + row.format(' table:number-rows-repeated="1048000"', "<table:table-cell/>") + row.format("", text.format("B")),
        "spaces": heads + row.format("", '<table:table-cell><text:p><text:s text:c="999999999"/></text:p></table:table-cell>'),
        "value odd": heads + row.format("", '<table:table-cell office:value-type="float" office:value="x"/>'),
        "date odd": heads + row.format("", '<table:table-cell office:value-type="date" office:date-value="2019-99-99"/>'),
        "type odd": heads + row.format("", '<table:table-cell office:value-type="moon"><text:p>A</text:p></table:table-cell>'),
        "table in table": heads + row.format("", '<table:table-cell><table:table table:name="x"><table:table-row/></table:table></table:table-cell>'),
        "no rows": "", "cell alone": text.format("A"),
    }  # fmt: skip
    made |= {f"ods {name}": opendocument(body) for name, body in bodies.items()}
    made["ods cut"] = opendocument(heads)[:-30]
    made["ods wrong sum"] = _with_wrong_sum(opendocument(heads))
    made["ods other kind"] = zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
    )
    made["ods no content"] = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
    return {f"spreadsheet {name}": data for name, data in made.items()}


def _with_wrong_sum(data: bytes) -> bytes:
    """The zip with every checksum in its directory changed."""
    made, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 16] ^= 0xFF
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def database(*statements: str) -> bytes:
    """A SQLite file after these statements."""
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def _databases() -> dict[str, bytes]:
    people = "CREATE TABLE people (person_id, name)"
    one = "INSERT INTO people VALUES ('A', 'Ann')"
    good = database(people, one)
    endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n AS person_id FROM t"
    return {
        "database plain": good, "database mark alone": good[:16], "database cut": good[:-3_000],
        "database header alone": good[:100], "database no table": database("PRAGMA user_version = 1"),
        "database empty table": database(people),
        "database blob": database(people, "INSERT INTO people VALUES (x'ff00', x'')"),
        "database text no utf-8": database(people, "INSERT INTO people VALUES (CAST(x'ff41' AS TEXT), 'B')"),
        "database nul": database(people, "INSERT INTO people VALUES (CAST(x'410042' AS TEXT), 'B')"),
        "database huge numbers": database(people, "INSERT INTO people VALUES (9223372036854775807, 9e999)"),
        "database odd names": database('CREATE TABLE "a""b;--" ("x y" , """")', 'INSERT INTO "a""b;--" VALUES (1, 2)'),
        "database endless view": database(people, one, f"CREATE VIEW ties AS {endless}"),
        "database broken view": database(people, one, "CREATE VIEW ties AS SELECT * FROM nowhere"),
        "database large cell": database(people, "INSERT INTO people VALUES ('A', hex(zeroblob(3000000)))"),
        "database noise": good[:100] + bytes(n * 31 % 256 for n in range(len(good) - 100)),
        "database page size": good[:16] + b"\0\x03" + good[18:],
    }  # fmt: skip


_OWN = "ringmap_row,ringmap_line,ringmap_reason,ringmap_surplus"


def _mixed() -> dict[str, bytes]:
    """Several defects in one file, as a hurried clerk or a careful attacker leaves them."""
    return {
        "mixed bad byte, open quote": b'person_id,name\nA,"Ann\xff\nB,Bo\n',
        "mixed bad byte, nul, ragged": b"person_id,name\nA,\xe9\0\nB,Bo,x,y\nC\n",
        "mixed mark, title, no key": b"\xef\xbb\xbfList of 2019;;\n;;\nname;born;role\nAnn;31/02/2019;x\n",
        "mixed headings twice, ids twice, dates": b"person_id,name,name,born\nA,Ann,Anna,31/02/2019\nA,Bo,,3/13/2019\nA,Ann,Anna,2019-13\n",
        "mixed line ends and ragged": b"person_id,name\r\nA,Ann,x\nB\rC,Cy\n\n\r\n,Di\n",
        "mixed delimiters and quotes": b"person_id;name\nA;'Ann, B'\n\"B\",\"Bo\"\nC\tCy\n",
        "mixed formula, markup, no role": b'=1+1,name,role\n"=cmd|\'/C x\'!A0",<b>,"</script>"\n',
        "mixed ties to nowhere, to itself, twice": b"source,target,weight,first,last\nA,A,1,2020,2019\n,B,x,,\nA,,1,,\nA,B,-1e999,31/4/2019,0\nA,B,-1e999,31/4/2019,0\n",
        "mixed sheet of empty keys": b"case_id,person,role,date,country\n,,,,\n,Ann,,,\nC1,,victim,2019,VN\nC1,Ann;Bo,victim;guard,13/13/2019,Atlantis\n",
        "mixed half utf-8, half windows": "person_id,name\nA,Ánh\n".encode() + "B,caf\u00e9\n".encode("cp1252") + b"C,\x81\x8d\n",
        "mixed matrix with a tie list below": b",A,B\nA,0,1\nB,1,0\n\nsource,target\nA,B\n",
        "mixed two tables in one file": b"person_id,name\nA,Ann\n\nsource,target,kind\nA,B,paid\n",
        "mixed legs of gaps": b"event_id,kind,date,from_place,to_place,person_id,moved_by\nE,,x,,,;;,\n,sold,2019,L,L,A,A\nE,sold,2019,L,M,A;A;B,A\n",
    }  # fmt: skip


def _numbers() -> dict[str, bytes]:
    """Numbers beyond what a date, a place, an age or a strength can be."""
    huge = (
        "1e308",
        "-1e308",
        "9" * 400,
        "0." + "0" * 400 + "1",
        "1e-400",
        "99999999999",
        "-0",
        "1,7976931348623157e308",
    )
    rows = [f"P{at},{one},{one},{one},{one}" for at, one in enumerate(huge)]
    places = [
        f"L{at},{one},{one}"
        for at, one in enumerate((*huge, "90.0000001", "-90,1", "180°", "12°34'56\"N", "22.5N"))
    ]
    ties = "".join(f"A,B,1e308,{one},{one}\n" for one in huge)
    serial = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>P{n}</v></c><c r="B{n}" s="1"><v>{one}</v></c></row>'
        for n, one in enumerate(huge, start=2)
    )
    head = (
        '<row r="1"><c r="A1" t="str"><v>person_id</v></c><c r="B1" t="str"><v>born</v></c></row>'
    )
    styles = f'<styleSheet xmlns="{_SHEET_NS}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    return {
        "numbers of people.csv": "\n".join(["person_id,born,age,height_cm,phone", *rows]).encode(),
        "numbers of places.csv": ("place_id,lat,lon\n" + "\n".join(row.replace('"', '""') for row in places)).encode(),
        "numbers of ties.csv": ("source,target,weight,first,amount\n" + ties).encode(),
        "numbers of calls.csv": ("caller,callee,time,duration\n" + "".join(f"1,2,{one},{one}\n" for one in huge)).encode(),
        "numbers of case.json": ('[' + ", ".join(f'{{"source": {n}, "target": 1e{n}, "weight": {"9" * 300}{n}}}' for n in range(9)) + ']').encode(),
        "numbers of days.xlsx": workbook(sheet=sheet_xml(head + serial), styles=styles),
        "numbers of rows.csv": b"person_id,ringmap_row,ringmap_line\nA," + b"9" * 5_000 + b",-1\n",
    }  # fmt: skip


def _lies() -> dict[str, bytes]:
    """Files whose name says another form than they have."""
    xml = f'<?xml version="1.0"?><graphml {_NS}><graph><node id="a"/></graph></graphml>'.encode()
    rows = b'[{"person_id": "A"}]'
    book, text = workbook(), PEOPLE.encode()
    return {
        "lies people.csv": book, "lies people.xlsx": text, "lies people.ods": book,
        "lies case.json": xml, "lies net.graphml": rows, "lies case.db": text,
        "lies net.gexf": text, "lies net.net": rows, "lies ties.csv": database("CREATE TABLE people (person_id)"),
        "lies book.xlsx": opendocument("<table:table-row><table:table-cell><text:p>person_id</text:p></table:table-cell></table:table-row>"),
        "lies book.xls": xml, "lies people.json": b"dl n=2\ndata:\n0 1\n1 0\n", "lies people.dl": b"*Vertices 1\n1 a\n",
        "lies people.tsv": zipped({"people.csv": PEOPLE}), "lies no suffix": text, "lies .csv": text,
        "lies people.csv.csv": rows, "lies mapping.yaml": text, "lies people.txt": b"\x1f\x8b\x08\0" + bytes(50),
    }  # fmt: skip


def _corrected() -> dict[str, bytes]:
    """Rows that were refused, written down by ringmap, and corrected badly."""
    texts = {
        "row twice": f"person_id,{_OWN},ringmap_row\nA,1,2,x,,1\n", "reason alone": "person_id,ringmap_reason\nA,x\n",
        "in front": f"{_OWN},person_id,name\n1,2,empty,,A,Ann\n", "other case": f"person_id,{_OWN.upper()}\nA,1,2,x,\n",
        "semicolons": f"person_id;{_OWN.replace(',', ';')}\nA;1;2;a, b;\n", "surplus moved": f"person_id,name,{_OWN}\nA,Ann,1,2,x,,more\nB,1,2,x,\n",
        "apostrophes": f"person_id,name,{_OWN}\n''A,'''=1+1,1,2,x,\n'A,'',1,2,x,\n", "no headings": "A,Ann,1,2,x,\n",
        "rows as text": f"person_id,{_OWN}\nA,one,two,x,\nB,-1,0,x,\nC,1e9,,,\n", "open quote": f'person_id,{_OWN}\nA,1,2,"x,\nB,2,3,y,\n',
        "nothing left": f"person_id,{_OWN}\n", "other table's": f"source,{_OWN},person_id\nA,1,2,x,,B\n",
        "still wrong": f"person_id,born,{_OWN}\n,31/02/2019,1,2,empty,\n", "empty rows kept": f"person_id,{_OWN}\n,1,2,x,\n,,,,\nA,3,4,x,\n",
    }  # fmt: skip
    return {f"corrected {name}": text.encode() for name, text in texts.items()}


_TWO = (
    f'<workbook xmlns="{_SHEET_NS}" xmlns:r="{_REL}"><sheets><sheet name="people" sheetId="1" '
    'r:id="r1"/><sheet name="{name}" sheetId="2" r:id="r3"{more}/></sheets></workbook>'
)
_TWO_RELS = _BOOK_RELS.replace(
    "</Relationships>",
    f'<Relationship Id="r3" Type="{_REL}/worksheet" Target="worksheets/sheet2.xml"/>'
    "</Relationships>",
)


def two_sheets(second: str | bytes | None, name: str = "ties", more: str = "") -> bytes:
    """An XLSX with a good sheet of people and another behind it."""
    book = _TWO.replace("{name}", name).replace("{more}", more)
    parts = {"[Content_Types].xml": CONTENT, "_rels/.rels": _RELS, "xl/workbook.xml": book,
             "xl/_rels/workbook.xml.rels": _TWO_RELS, "xl/sharedStrings.xml": _STRINGS,
             "xl/worksheets/sheet1.xml": sheet_xml(_ROWS)}  # fmt: skip
    return zipped(parts | ({} if second is None else {"xl/worksheets/sheet2.xml": second}))


def _second_sheets() -> dict[str, bytes]:
    def cells(*rows: Sequence[str]) -> str:
        return "".join(
            f'<row r="{at}">' + "".join(f'<c r="{letter}{at}" t="str"><v>{cell}</v></c>' for letter, cell in zip("ABCDEF", row, strict=False)) + "</row>"
            for at, row in enumerate(rows, start=1)
        )  # fmt: skip

    head = ("source", "target", "weight", "first")
    good = sheet_xml(cells(head, ("A", "B", "1", "2019")))
    made = {
        "good": two_sheets(good), "missing": two_sheets(None), "empty": two_sheets(sheet_xml("")),
        "no xml": two_sheets("not xml"), "cut": two_sheets(good[:-40]), "bad byte": two_sheets(good.encode().replace(b">B<", b">\xff<")),
        "doctype": two_sheets('<!DOCTYPE x [<!ENTITY a "b">]>' + good), "no key": two_sheets(sheet_xml(cells(("a", "b"), ("1", "2")))),
        "bad rows": two_sheets(sheet_xml(cells(head, ("A", "", "1", "2019"), ("A", "B", "x", "31/02/2019"), ("A", "C", "1e999", "9" * 300)))),
        "row far": two_sheets(good.replace('r="2"', 'r="1048577"').replace('A2"', 'A1048577"')), "called people too": two_sheets(good, "PEOPLE"),
        "called nothing": two_sheets(good, ""), "called as markup": two_sheets(good, "&lt;b&gt;&#10;x"), "hidden": two_sheets(good, more=' state="veryHidden"'),
        "long name": two_sheets(good, "t" * 5_000), "string beyond": two_sheets(good.replace('t="str"><v>B', 't="s"><v>99')),
        "merge": two_sheets(good.replace("</worksheet>", '<mergeCells><mergeCell ref="A1:D2"/></mergeCells></worksheet>')),
        "bomb": two_sheets(good + " " * 30_000_000), "own columns": two_sheets(sheet_xml(cells(("ringmap_row", "source", "target"), ("x", "A", "B")))),
    }  # fmt: skip
    return {f"second sheet {name}": data for name, data in made.items()}


def _unlike() -> dict[str, tuple[str, bytes]]:
    """Rows that have little in common: as many columns as rows."""
    nodes = "".join(f'<node id="n{n}"><data key="k{n}">x</data></node>' for n in range(1_200))
    keys = "".join(f'<key id="k{n}" for="node" attr.name="name {n}"/>' for n in range(1_200))
    edges = "".join(
        f'<edge source="n0" target="n{n}"><data key="e{n}">x</data></edge>' for n in range(1_200)
    )
    lines = "".join(
        f'{{"id": "n{n}", "schema": "Person", "properties": {{"p{n}": "x"}}}}\n'
        for n in range(1_200)
    )
    wide = ",".join(["person_id", *(f"c{n}" for n in range(1_500))])
    rows = "".join(f"P{row}{',' * (row + 1)}x{',' * (1_499 - row)}\n" for row in range(1_500))
    return {
        "unlike nodes": ("net.graphml", f'<?xml version="1.0"?><graphml {_NS}>{keys}<graph>{nodes}</graph></graphml>'.encode()),
        "unlike edges": ("net.graphml", f'<?xml version="1.0"?><graphml {_NS}><graph><node id="n0"/>{edges}</graph></graphml>'.encode()),
        "unlike entities": ("case.jsonl", lines.encode()),
        "unlike cells": ("people.csv", f"{wide}\n{rows}".encode()),
        "unlike dates": ("ties.csv", ("source,target,first\n" + "".join(f"A,B{n},from {n % 31}/02/{n} to x\n" for n in range(20_000))).encode()),
        "unlike places": ("sheet.csv", ("case_id,person,place\n" + "".join(f"C{n},P{n},Place {n}\n" for n in range(10_000))).encode()),
        "unlike roles": ("people.csv", ("person_id,role\n" + "".join(f"P{n},role {n}\n" for n in range(20_000))).encode()),
        "unlike countries": ("places.csv", ("place_id,country,lat\n" + "".join(f"L{n},Land {n},x{n}\n" for n in range(20_000))).encode()),
        "unlike kinds": ("ties.csv", ("source,target,kind,weight\n" + "".join(f"A,B{n},kind {n},w{n}\n" for n in range(20_000))).encode()),
        "unlike times": ("calls.csv", ("caller,callee,time,duration\n" + "".join(f"1,{n},then {n},long {n}\n" for n in range(20_000))).encode()),
    }  # fmt: skip


def _named(files: Mapping[str, bytes], name: str) -> dict[str, tuple[str, bytes]]:
    return {kind: (name, data) for kind, data in files.items()}


#: By kind: what the file is called, and its bytes.
FILES: Mapping[str, tuple[str, bytes]] = {
    **_named(_encodings(), "people.csv"),
    **_named(_line_ends(), "people.csv"),
    **_named(_quotes(), "people.csv"),
    **_named(_headings(), "one.csv"),
    **_cells(),
    **_named(_shapes(), "records.csv"),
    **_named(_json(), "case.json"),
    **_named(_graphml(), "net.graphml"),
    **_named(_networks(), "net.txt"),
    **_named(_sheets(), "people.xlsx"),
    **_named(_databases(), "case.db"),
    **_named(_mixed(), "records.csv"),
    **{kind: (kind.removeprefix("numbers of "), data) for kind, data in _numbers().items()},
    **{kind: (kind.removeprefix("lies "), data) for kind, data in _lies().items()},
    **_named(_corrected(), "people.csv"),
    **_named(_second_sheets(), "book.xlsx"),
    **_unlike(),
}  # fmt: skip

_PLAN = "files:\n- tables:\n  - table: people\n    columns: {person_id: a, name: b}\n"


def _mappings() -> dict[str, bytes]:
    laughs = "".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]\n" for n in range(9))
    texts = {
        "empty": "", "text": "person_id", "list": "- a\n- b\n", "no tables": "files:\n- file: x.csv\n",
        "key twice": _PLAN + "files: []\n", "column twice": _PLAN.replace("name: b", "name: b, name: a"),
        "unknown word": _PLAN.replace("table:", "tabel:"), "unknown column": _PLAN.replace("name: b", "nmae: b"),
        "unknown table": _PLAN.replace("people", "folk"), "no such heading": _PLAN.replace("name: b", "name: z"),
        "tabs": _PLAN.replace("  ", "\t"), "laughs": f"l0: &l0 [x]\n{laughs}files: *l9\n", "alias": "files: &a\n- *a\n",
        "object": "files: !!python/object/apply:os.system [echo]\n", "deep": "files: " + "[" * 5_000, "deep closed": "files: " + "[" * 900 + "]" * 900,
        "merge": "x: &x {file: a}\nfiles:\n- <<: *x\n  tables: []\n", "two documents": f"{_PLAN}---\n{_PLAN}", "nul": _PLAN + "\0",
        "delimiter of two": _PLAN.replace("- tables", "- delimiter: ';;'\n  tables"), "no delimiter": _PLAN.replace("- tables", "- delimiter: ''\n  tables"),
        "delimiter a quote": _PLAN.replace("- tables", "- delimiter: '\"'\n  tables"), "delimiter a line end": _PLAN.replace("- tables", '- delimiter: "\\n"\n  tables'),
        "delimiter a space": _PLAN.replace("- tables", "- delimiter: ' '\n  tables"), "delimiter not ascii": _PLAN.replace("- tables", "- delimiter: '；'\n  tables"),
        "delimiter nul": _PLAN.replace("- tables", '- delimiter: "\\0"\n  tables'), "delimiter a cr": _PLAN.replace("- tables", '- delimiter: "\\r"\n  tables'),
        "heading line far": _PLAN.replace("- tables", "- heading_line: 999999999\n  tables"), "heading line 0": _PLAN.replace("- tables", "- heading_line: 0\n  tables"),
        "heading line huge": _PLAN.replace("- tables", f"- heading_line: {'9' * 5_000}\n  tables"), "headings none": _PLAN.replace("- tables", "- headings: []\n  tables"),
        "headings twice": _PLAN.replace("- tables", "- headings: [a, a]\n  tables"), "headings few": _PLAN.replace("- tables", "- headings: [a]\n  tables"),
        "encoding odd": _PLAN.replace("- tables", "- encoding: klingon\n  tables"), "encoding wrong": _PLAN.replace("- tables", "- encoding: utf-16\n  tables"),
        "decimal odd": _PLAN.replace("- tables", "- decimal: x\n  tables"), "pattern": _PLAN.replace("- tables", f"- file: '{'*' * 60}x{'[' * 60}'\n  tables"),
        "split at nothing": _PLAN.replace("columns:", "split: {b: ['']}\n    columns:"), "split at all": _PLAN.replace("columns:", "split: {a: [n], b: [o, ' ']}\n    columns:"),
        "part far": _PLAN.replace("name: b", "name: {from: b, part: 999999999, at: [' ']}"), "part at nothing": _PLAN.replace("name: b", "name: {from: b, part: 2, at: ['']}"),
        "part of nothing": _PLAN.replace("name: b", "name: {from: [], part: 1}"), "join nothing": _PLAN.replace("name: b", "name: {join: []}"),
        "words to nothing": _PLAN.replace("name: b", "name: {from: b, words: {Ann: ''}}"), "id of an odd kind": _PLAN.replace("person_id: a", "person_id: {id_from: a, kind: moon}"),
        "otherwise deep": _PLAN.replace("name: b", "name: " + "{from: z, otherwise: " * 200 + "b" + "}" * 200),
        "where nothing fits": _PLAN.replace("columns:", "where: {b: [zzz]}\n    columns:"), "where no such": _PLAN.replace("columns:", "where: {z: [q]}\n    columns:"),
        "row numbers": _PLAN.replace("person_id: a", "person_id: {row: '=1+1'}"), "fixed markup": _PLAN.replace("name: b", "name: {fixed: '</script>'}"),
        "ties of people": _PLAN.replace("people", "ties"), "queries": "database:\n  queries: {people: 'DROP TABLE people'}\n", "queries none": "database:\n  queries: {}\n",
        "a date for a heading": _PLAN.replace("name: b", "name: 2019-05-03"), "a number for a heading": _PLAN.replace("name: b", "name: 1e999"), "truth for a heading": _PLAN.replace("name: b", "name: yes"),
        "many tables": "files:\n- tables:\n" + "  - {table: people, columns: {person_id: a}}\n" * 500, "drop all": _PLAN.replace("- tables", "- drop: [a, b]\n  tables"),
    }  # fmt: skip
    made = {name: text.encode() for name, text in texts.items()}
    made |= {
        "bad byte": _PLAN.encode().replace(b"b}", b"\xff}"), "utf-16": b"\xff\xfe" + _PLAN.encode("utf-16-le"),
        "bom": b"\xef\xbb\xbf" + _PLAN.encode(), "zip": zipped({"m.yaml": _PLAN}), "large": b"# " + b"x" * 30_000_000,
        "only 0xff": b"\xff" * 1_000, "zeros": bytes(1_000), "half sign": _PLAN.encode().replace(b"b}", b'"\\ud800"}'),
    }  # fmt: skip
    return made


#: Mapping files by kind, each for a table with the headings a and b.
MAPPINGS: Mapping[str, bytes] = _mappings()
MAPPED = b"a,b\nP1,Ann Bo\nP2,\n,Cy\nP1,Di\n"


def _write(path: Path, text: str = PEOPLE) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _folder_as_file(at: Path) -> Path:
    (at / "people.csv").mkdir()
    return at / "people.csv"


def _folder_with_folder(at: Path) -> Path:
    (at / "people.csv").mkdir()
    _write(at / "ties.csv", TIES)
    return at


def _loop(at: Path) -> Path:
    (at / "people.csv").symlink_to(at / "people.csv")
    return at / "people.csv"


def _loop_in_folder(at: Path) -> Path:
    _loop(at)
    _write(at / "ties.csv", TIES)
    return at


def _dead_link(at: Path) -> Path:
    (at / "people.csv").symlink_to(at / "gone.csv")
    return at / "people.csv"


def _dead_link_in_folder(at: Path) -> Path:
    _dead_link(at)
    _write(at / "ties.csv", TIES)
    return at


def _pipe(at: Path) -> Path:
    os.mkfifo(at / "people.csv")
    return at / "people.csv"


def _pipe_in_folder(at: Path) -> Path:
    _pipe(at)
    _write(at / "ties.csv", TIES)
    return at


def _zeros(at: Path) -> Path:
    (at / "people.csv").symlink_to("/dev/zero")
    return at / "people.csv"


def _closed(at: Path) -> Path:
    _write(at / "people.csv").chmod(0)
    return at / "people.csv"


def _odd_name(at: Path) -> Path:
    path = os.fsencode(at) + b"/p\xff\xfe\n.csv"
    Path(os.fsdecode(path)).write_text(PEOPLE, encoding="utf-8")
    return Path(os.fsdecode(path))


def _odd_name_in_folder(at: Path) -> Path:
    _odd_name(at)
    _write(at / "ties.csv", TIES)
    return at


def _many(at: Path) -> Path:
    for number in range(2_000):
        _write(at / f"list{number}.csv", "person_id\nA\n")
    return at


def _tables_twice(at: Path) -> Path:
    for name in ("people.csv", "people.tsv", "PEOPLE.json", "people.CSV"):
        _write(at / name, '[{"person_id": "A"}]' if name.endswith("json") else "person_id\nA\n")
    return at


_THIRD: Mapping[str, bytes] = {
    "bad bytes": b"place_id,name\nL,\xff\xfe\x81\n", "an open quote": b'place_id,name\nL,"Lao\n',
    "no key": b"name,lat\nL,1\n", "zeros": b"place_id\n" + bytes(5_000), "a picture": b"\x89PNG\r\n\x1a\n",
    "nothing": b"", "a workbook": workbook(), "bad rows": b"place_id,lat,lon\nL,91,x\n,1,2\nL,1,2\nL,2,3\n",
    "another id for people": b"place_id,name\nA,Ann\n",
}  # fmt: skip


def _third(data: bytes) -> Callable[[Path], Path]:
    """A folder of three files, of which the third is as bad as that."""

    def made(at: Path) -> Path:
        _write(at / "people.csv")
        _write(at / "ties.csv", TIES)
        (at / "places.csv").write_bytes(data)
        return at

    return made


def _third_folder(at: Path) -> Path:
    (at / "places.csv").mkdir()
    _write(at / "people.csv")
    return _write(at / "ties.csv", TIES).parent


def _ids_over_files(at: Path) -> Path:
    _write(at / "people.csv", "person_id,name,born\nA,Ann,1990\nA,Bo,1991\n")
    _write(
        at / "PEOPLE.json", '[{"person_id": "A", "name": "Cy"}, {"person_id": "A", "born": "x"}]'
    )
    _write(at / "People.tsv", "person_id\tname\nA\tDi\na\tEd\n")
    _write(at / "organisations.csv", "organisation_id,name\nA,Ltd\n")
    return _write(at / "ties.csv", "source,target\nA,a\nA,A\n").parent


def _many_bad(at: Path) -> Path:
    for number in range(2_000):
        _write(at / f"list{number}.csv", f"person_id,born\nP{number},no date {number}\n,\nA,x,y\n")
    return at


def _many_unlike(at: Path) -> Path:
    tables = ("people", "ties", "places", "cases", "roles", "events", "sources", "identifiers")
    for number in range(400):
        form = (".csv", ".tsv", ".json", ".txt")[number % 4]
        folder = at / f"{number:04}"
        folder.mkdir()
        _write(folder / f"{tables[number % 8]}{form}")
        _write(at / f"{tables[number % 8]} ({number}){form}", SHEET)
    return at


def _wide_name(at: Path) -> Path:
    return _write(at / "Hồ sơ ‘vụ án’ \u202e số 1\t\n%s {0} <b>.csv")


def _empty_folder(at: Path) -> Path:
    return at


def _pictures(at: Path) -> Path:
    (at / "a.png").write_bytes(b"\x89PNG")
    return at


def _nodes_folder(at: Path) -> Path:
    (at / "x_nodes.csv").mkdir()
    return _write(at / "x_edges.csv", TIES)


def _nodes_pipe(at: Path) -> Path:
    os.mkfifo(at / "x_nodes.csv")
    return _write(at / "x_edges.csv", TIES)


def _nowhere(at: Path) -> Path:
    return at / "nothing here.csv"


def _long_name(at: Path) -> Path:
    return at / ("n" * 5_000)


def _nul_name(at: Path) -> Path:
    return at / "a\0b.csv"


def _large(at: Path) -> Path:
    with (at / "people.csv").open("wb") as file:
        file.truncate(5_000_000_000)
    return at / "people.csv"


def _hole(at: Path) -> Path:
    with (at / "people.csv").open("wb") as file:
        file.write(b"person_id\n")
        file.truncate(100_000_000)
    return at / "people.csv"


#: By kind: makes it in an empty folder, and says what to read.
PLACES: Mapping[str, Callable[[Path], Path]] = {
    "a folder called people.csv": _folder_as_file,
    "a folder called people.csv in a folder": _folder_with_folder,
    "a link to itself": _loop,
    "a link to itself in a folder": _loop_in_folder,
    "a link to nothing": _dead_link,
    "a link to nothing in a folder": _dead_link_in_folder,
    "a pipe that nobody writes to": _pipe,
    "a pipe in a folder": _pipe_in_folder,
    "endless zeros": _zeros,
    "a file that may not be read": _closed,
    "a name that is no text": _odd_name,
    "a name that is no text in a folder": _odd_name_in_folder,
    "two thousand files": _many,
    "one table in four files": _tables_twice,
    "an empty folder": _empty_folder,
    "a folder of pictures": _pictures,
    **{f"a third file of {what}": _third(data) for what, data in _THIRD.items()},
    "a third file that is a folder": _third_folder,
    "one id in several files": _ids_over_files,
    "two thousand bad files": _many_bad,
    "four hundred folders and files": _many_unlike,
    "a name of odd signs": _wide_name,
    "nodes that are a folder": _nodes_folder,
    "nodes that are a pipe": _nodes_pipe,
    "no such file": _nowhere,
    "a name too long": _long_name,
    "a name with nul": _nul_name,
    "a file of five gigabytes": _large,
    "a file with a hole": _hole,
}
