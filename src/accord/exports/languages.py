"""Language codes of two letters (ISO 639-1) with those of three (ISO 639-3) that FollowTheMoney 4.11 admits."""

from __future__ import annotations

_PAIRS = """
af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est fa:fas
fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz km:khm kn:kan ko:kor
ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya nb:nor ne:nep nl:nld nn:nor no:nor pl:pol ps:pus
pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk tl:tgl tr:tur
uk:ukr ur:urd uz:uzb vi:vie zh:zho
"""
THREE_LETTERS: dict[str, str] = dict(pair.split(":") for pair in _PAIRS.split())
