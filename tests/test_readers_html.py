"""HTML: the text that is read, and the way back to the place in the page."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from conftest import resolver_of
from hypothesis import given
from hypothesis import strategies as st

from resolver.offsets import carry
from resolver.readers.html import document_of
from resolver.writers.spans import in_file


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<h1>A</h1> <div>b<div>c</div>", "A\n\nb\n\nc"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<b>Ir</b>an and <i>the</i> <a href=x>MoD</a>", "Iran and the MoD"),
        ("<p>a\n    b\t c </p>\n  d", "a b c \n\nd"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<td>Simon</td><td>Gass</td>", "Simon\n\nGass"),
        ("<script>var a = '<p>Iran</p>';</script>x<style>p{}</style>", "x"),
        ("<!-- Iran --><!DOCTYPE html><?php Iran ?>x", "x"),
        ("AT&amp;T &lt;b&gt; &#x1F600;&#65;&nbsp;&ccedil;a &bogus; &notit;", "AT&T <b> 😀A\xa0ça &bogus; ¬it;"),
        ("a & b < c > d", "a & b < c > d"),
        ("Tom&Jérôme R&D&a-b;", "Tom&Jérôme R&D&a-b;"),
        ("<title>Iran</title><body>x", "Iran\n\nx"),
        ("<p>x<script>never closed", "x"),
        ("<p title='<b>no</b>'>x</p>", "x"),
        ("</p></div>x</b>", "x"),
        ("<title>a <b>b</b></title><textarea><p>c</textarea>", "a b\n\nc"),
        ("<iframe><p>a</iframe><noscript>b</noscript><xmp><b>c</b></xmp><plaintext>d<i>", "abcd"),
        ("<script><!-- </scripts> </script\n/x>a<STYLE></script></style >b<script src=x/>c", "ab"),
        ("<style/>a", "a"),
        ("a<!-->b<!--->c<!-- -- > --!>d<!---->e<!-- > --", "abcde"),
        ("a<![CDATA[b>c]]><!x>d</>e</ x>f<!DOCTYPE [<g>]>", "ac]]>def]>"),
        ("<p a='>' b=\">\" c = '>' d=>x</P >y</p a='b'>z", "x\n\ny\n\nz"),
        ("<a b='>c</a>", "c"),
        ("a<b c <!d </e &amp <!-- f", "a<b c <!d </e & "),
        ("<", "<"),
        ("", ""),
        ("<p>" * 50_000 + "deep", "deep"),
    ],
)  # fmt: skip
def test_the_text_of_a_page(page, text):
    assert document_of(page, "a").text == text


@pytest.mark.parametrize(
    ("meta", "date"),
    [
        ('<meta property="article:published_time" content="2022-11-17T08:00Z">', "2022-11-17"),
        ('<meta name="DC.date" content="2022-11-17"/>', "2022-11-17"),
        ('<meta name="date" content="yesterday">', None),
        ('<meta name="viewport" content="2022-11-17">', None),
        ("", None),
    ],
)
def test_the_date_of_a_page(meta, date):
    assert document_of(meta, "a").date == date


PAGE = """<!DOCTYPE html>
<html><head><title>👍 &amp; co</title><script>Iran()</script></head>\r
<body><p>Seen by <b>Simon</b><br>
   <i>Gass</i>. The M<b>o</b>D.</p><p>Fran&ccedil;ois
of &#x627;یران</p><pre> Iran</pre></body></html>"""


@pytest.mark.parametrize(
    ("surface", "in_page"),
    [
        ("Simon\nGass", "Simon</b><br>\n   <i>Gass"),
        ("MoD", "M<b>o</b>D"),
        ("François of ایران", "Fran&ccedil;ois\nof &#x627;یران"),
        ("Iran", "Iran"),
        ("👍", "👍"),
        ("&", "&amp;"),
    ],
)
def test_places_lead_back_to_the_page(surface, in_page):
    document = document_of(PAGE, "a")
    start = document.text.index(surface)
    begin, end = carry(document.origin.edits, start, start + len(surface))
    assert PAGE[begin:end] == in_page


def test_mentions_are_placed_in_the_page_and_none_joins_two_paragraphs():
    resolver = resolver_of(
        "pack: p\nentities: [{id: person/gass, name: Simon Gass, type: person, surnames: []}]"
    )
    page = "<td>Simon</td> <td>Gass</td> <p>Si<b>mon&nbsp;Gass</b></p>"
    result = resolver.resolve(document_of(page, "a"), date="2022-11-17")
    text, mentions = in_file(result)
    assert text == page
    assert [text[m.start : m.end] for m in mentions] == ["Si<b>mon&nbsp;Gass"]


def test_an_antecedent_is_placed_too():
    resolver = resolver_of("pack: p\nentities: [{id: person/gass, name: Simon Gass, type: person}]")
    page = "<p>&amp; <b>Simon Gass</b> came.</p><p>Gass left.</p>"
    text, mentions = in_file(resolver.resolve(document_of(page, "a")))
    start, end = mentions[1].antecedent
    assert (text[start:end], text[mentions[1].start : mentions[1].end]) == ("Simon Gass", "Gass")


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", "&amp;", "&eacute;", "&#128077;", "&", "<", "a", "é", "👍",
     " ", "\n", "\r\n", "<!--x-->", "<script>", "</script>", "<pre>", "</pre>", ">", "x y", "&#"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_character_stands_where_it_is_said_to(page):
    document = document_of(page, "a")
    edits = document.origin.edits
    assert all(before[1] <= after[0] and before[3] <= after[2] for before, after in pairwise(edits))
    for place, char in enumerate(document.text):
        start, end = carry(edits, place, place + 1)
        stretch = page[start:end]
        if not char.isspace():
            assert re.sub(r"<[^>]*>", "", html.unescape(stretch)) == char or char in html.unescape(
                stretch
            )
