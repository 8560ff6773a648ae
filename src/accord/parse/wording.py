"""Lines of a page that are no part of the report, told by their wording: links to other pages, sign-up boxes, adverts.

In doubt a line is text. Only whole lines are judged, and only short ones: a report may well tell of a newsletter.
"""

from __future__ import annotations

import re

_LONGEST = 400
_LONGEST_LINK = 220

_CROSS_LINK = re.compile(
    r"(?:(?:read|see|watch|listen|learn|find out|discover)\s+(?:more|also|next|now)\b\s*(?:$|[:|>»→–—-]|here\b"
    r"|on\s|about\s|at\s)"
    r"|(?:also|must|don['’]t miss)[\s,-]+(?:read|see|watch|watched)\b\s*(?:$|[:|>»–—-])"
    r"|(?:related|more|recommended|more on this(?: (?:story|topic))?|related (?:stories|story|reading|articles?"
    r"|coverage|content|video|links?"
    r"|topics?|posts?|news)|editor['’]?s['’]? picks?|top stories|most (?:read|popular|viewed)|trending(?: now)?"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)|further reading|what to read next|up next|don['’]t miss"
    r"|more (?:from|news|stories)(?: (?:on|in|for) .{1,40})?|in case you missed it|more like this"
    r"|(?:next|previous) (?:article|post|story))\s*(?:[:>»→|]|$)"
    r"|(?:most read in|more from|related (?:stories|articles|coverage)|skip past)\b.{0,60}$"
    r"|(?:continue reading|keep reading|read (?:the )?(?:full|whole|rest of (?:the|this)) (?:story|article|post"
    r"|interview|report)\b)"
    r".{0,80}$|read (?:more|on)\s*[.…→»›>]*$"
    r"|(?:lesen sie auch|lies auch|auch interessant|mehr (?:zum thema|dazu|lesen)|weiterlesen|zum weiterlesen"
    r"|siehe auch)\b.{0,150}$"
    r"|(?:à lire aussi|lire aussi|à lire également|lire également|voir aussi|à voir aussi|sur le même sujet)\b.{0,150}$"
    r"|(?:lea|lee|leer) (?:también|tambien|más)\b.{0,150}$|(?:te puede interesar|también te puede interesar)\b.{0,150}$"
    r"|leggi anche\b.{0,150}$|(?:leia|veja) (?:também|mais)\b.{0,150}$|lees ook\b.{0,150}$|läs (?:också|även"
    r"|mer)\b.{0,150}$"
    r"|les også\b.{0,150}$|læs også\b.{0,150}$|czytaj (?:też|także|również)\b.{0,150}$)",
    re.I,
)
_SHOUTED = re.compile(
    r"(?:READ MORE|READ ALSO|ALSO READ|SEE ALSO|MUST READ|MUST WATCH|JUST WATCHED|MOST READ|RELATED|READ NEXT"
    r"|DON['’]T MISS)\b"
    r"|(?:WATCH|LISTEN|READ|MORE|VIDEO|GALLERY|PHOTOS)\s*[:|»>]"
)
_ADVERT = re.compile(
    r"(?:advertisements?|advertising|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|reklame|reklam"
    r"|advertentie"
    r"|sponsored(?: content| post| by .{1,40})?|promoted(?: content)?|paid (?:content|post)|partner content"
    r"|(?:story|article|text) continues (?:below|after)\b.{0,40}|continue below|scroll (?:down )?to continue.{0,40}"
    r"|(?:der )?artikel wird (?:nach|unter) .{0,40}fortgesetzt|la suite après .{0,40}|report this ad)\W*$",
    re.I,
)
_SHARING = re.compile(
    r"(?:(?=.*[^\W\d_]{2})(?:share|tweet|pin it|e-?mail|print|copy link|link copied|save|comments?|teilen|partager"
    r"|compartir"
    r"|facebook|twitter"
    r"|whatsapp|linkedin|reddit|pinterest|telegram|flipboard|x|\d+|[|/·•,&\s])+$"
    r"|share (?:this|on|via|with)\b.{0,60}$|click to (?:share|email|print|tweet)\b.{0,60}$"
    r"|(?:like|follow|find|join|connect with|folgen sie|suivez|síguenos|seguici)\b.{0,90}\b(?:on|at|auf|sur|en|su)\s+"
    r"(?:twitter|facebook|instagram|linkedin|telegram|whatsapp|tiktok|youtube|threads|bluesky|x|social media"
    r"|google news)\b.{0,160}$"
    r"|(?:view|see) (?:this post|original tweet|more) on (?:instagram|twitter|x|facebook|threads)\b.{0,20}$"
    r"|(?:click|tap|press) (?:here|below|the link|this link)(?: below)? (?:to|and|for) (?:join|follow|subscribe|sign up"
    r"|get|receive|download|register|read more|watch|listen)\b.{0,120}$"
    r"|join (?:us on |our |the )?.{0,40}\b(?:whatsapp|telegram|signal|facebook|discord)\b.{0,20}"
    r"\b(?:communit(?:y|ies)|channels?|groups?)\b.{0,60}$"
    r"|a post shared by .{1,120}$|download (?:the|our) .{1,60}\bapps?\b.{0,60}$)",
    re.I,
)
_SIGN_UP = re.compile(
    r"(?:(?:sign up|subscribe|register|melden sie sich|abonnieren sie|jetzt abonnieren|abonnez-vous|inscrivez-vous"
    r"|suscríbete"
    r"|iscriviti|assine|inscreva-se)\b.{0,300}(?:newsletters?|bulletin|infolettre|inbox|e-?mails?|alerts?|updates"
    r"|boletín|for free"
    r"|today|now|here|to read|to continue|digest|channel|podcast|briefing|free trial|us)\b.{0,60}$"
    r"|(?:sign up|subscribe)(?: (?:now|here|today|for free|with .{1,30}))?\W*$"
    r"|(?:get|receive|want|stay) .{1,160}\b(?:(?:delivered|sent|straight|direct(?:ly)?|right) (?:daily |weekly "
    r"|straight |directly |right )?"
    r"(?:to|into|in) your (?:inbox|e-?mail|phone)|in your inbox|newsletters?)\b.{0,60}$"
    r"|(?:thank you|thanks) for (?:subscribing|signing|reading|registering)\b.{0,80}$"
    r"|(?:please )?enter (?:your|a valid) e-?mail\b.{0,80}$|(?:your )?e-?mail address(?: will not be (?:published"
    r"|shared).{0,60})?\W*$"
    r"|by (?:signing up|subscribing|clicking|submitting|registering|providing|entering)\b.{0,260}\b(?:agree|accept"
    r"|consent|acknowledge|terms"
    r"|privacy)\b.{0,160}$"
    r"|(?:already (?:a |have an? )?(?:subscriber|member|account|registered)|not a (?:subscriber|member))\b.{0,100}$"
    r"|(?:to (?:view|read|continue|see|access|unlock)\b.{0,80},? (?:please )?|please )(?:subscribe|sign in|log ?in"
    r"|register)\b.{0,120}$"
    r"|.{0,120}\byou(?:['’]re| are) already a (?:subscriber|member)\b.{0,140}$"
    r"|(?:first-time )?subscribers (?:also )?(?:get|receive)\b.{0,160}$"
    r"|this (?:article|story|content) is (?:for|only available to|exclusive to"
    r"|reserved for) (?:our )?(?:subscribers|members)\b.{0,80}$"
    r"|.{0,40}\bheadlines delivered to your inbox\b.{0,40}$|unsubscribe\b.{0,120}$"
    r"|manage (?:your )?(?:e-?mail )?(?:preferences|subscription)\b.{0,120}$"
    r"|(?:(?:can['’]?t|trouble) (?:see|read|view|seeing|reading|viewing) .{1,40}\?\s*)?(?:click here to )?"
    r"(?:view|read|open|see)\b(?: this| the| our)?(?: e-?mail| newsletter| message| it)?"
    r" (?:(?:in|on) (?:(?:your|the|a) )?(?:web ?)?browser|online|as a web ?page)\b\W*$"
    r"|view (?:this )?(?:e-?mail|newsletter|it)?\s?(?:in|on) (?:your|the|a) (?:web )?browser\b.{0,40}$"
    r"|you(?:['’]re| are) receiving this (?:e-?mail|newsletter|message)\b.{0,200}$|(?:was this"
    r"|did someone) .{0,40}(?:forwarded|forward)\b.{0,100}$)",
    re.I,
)
_HOUSE = re.compile(
    r"(?:(?:©|\(c\)\s|copyright\b\s*(?:©|\(c\)|\d{4}|by\s)).{0,200}$|.{0,200}\ball rights reserved\W*$"
    r"|alle rechte vorbehalten\W*$"
    r"|our standards:\s.{0,80}$"
    r"|(?:this (?:site|website|page)|we|our site) uses? cookies\b.{0,300}$|(?:wir verwenden|nous utilisons"
    r"|utilizamos) (?:des )?cookies\b.{0,300}$"
    r"|accept (?:all )?cookies\W*$|(?:manage|cookie) (?:settings|preferences|policy)\W*$|(?:privacy"
    r"|cookie) (?:policy|notice)\W*$"
    r"|this site is protected by recaptcha\b.{0,160}$"
    r"|.{0,160}\bwe (?:may|might|could|can) (?:earn|receive|get) (?:an? "
    r"|some )?(?:small )?(?:affiliate )?(?:commissions?|compensation)\b.{0,160}$"
    r"|we (?:only )?recommend\b.{0,40}\bproducts\b.{0,300}$|(?:this (?:post|article"
    r"|page) (?:may )?contains? )affiliate links\b.{0,200}$"
    r"|we (?:want|would love|['’]d love) to hear (?:what you think|from you)\b.{0,160}$"
    r"|submit a letter to the editor\b.{0,100}$"
    r"|(?:have|got|do you have) an? (?:news )?(?:tip|story)\b.{0,120}$|(?:send|email) (?:us"
    r"|your) (?:an? )?(?:tips?|feedback|comments|news)\b.{0,120}$"
    r"|support (?:our|independent|local) (?:journalism|work|newsroom)\b.{0,160}$|donate (?:now|today|here)\W*$"
    r"|please enable javascript\b.{0,100}$)",
    re.I,
)
_COMMENTS = re.compile(
    r"(?:(?:leave|post|add|write|join) (?:a|your|the) (?:comment|reply|conversation|discussion)s?\b.{0,60}$"
    r"|(?:you must|please|du musst|sie müssen|bitte|vous devez|debes)\b.{0,60}(?:log(?:ged)? in|sign in|eingeloggt"
    r"|einloggen|angemeldet|anmelden"
    r"|connecté|connecter|iniciar sesión)\b.{0,60}\b(?:comment|reply|kommentar|kommentieren|commenter"
    r"|comentar)\w*\b.{0,40}$"
    r"|(?:show|view|load|read|hide|see) (?:all |more |\d+ )*comments?\b.{0,30}$|\d+ comments?$|no comments(?: yet)?\W*$"
    r"|comments (?:are closed|have been disabled|on this (?:article|story) .{0,40})\W*$"
    r"|be the first to comment\W*$|report (?:this )?comment\W*$"
    r"|(?:sort by|newest|oldest|most liked)(?: first)?\W*$|reply\W*$)",
    re.I,
)
_FEED_TAIL = re.compile(
    r"(?:the post .{1,300} (?:appeared first on|first appeared on) .{1,100}$"
    r"|der beitrag .{1,300} erschien zuerst auf .{1,100}$"
    r"|(?:l['’]article|cet article) .{1,300} est apparu en premier sur .{1,100}$|la entrada .{1,300} (?:aparece"
    r"|se publicó) primero en .{1,100}$"
    r"|source: (?:the )?(?:original|full) (?:article|story).{0,60}$|\[?(?:…|\.\.\.)\]?$)",
    re.I,
)
_TIME_WORD = (
    r"(?:(?:at|on|by|the|of|um|am|den|vor|le|à|il y a|el|a las|de|del|hace|il|alle|op|om|em|às|just|now|today|yesterday"
    r"|ago|an?|about|uhr|less|than|utc|gmt|[bceipmw][de]?st|[ceipm]t|eastern|pacific|central|time|local|[ap]\.?m\.?|h"
    r"|hrs?|hours?|min(?:ute)?s?|seconds?|days?|weeks?|months?|years?|stunden?|minuten?|tagen?|heures?|minutes?|jours?"
    r"|horas?|minutos?|días?|uur|ore|giorni"
    r"|(?:mon|tues?|wed|thur?|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mié|jeu|jue|ven|vie|sam|sáb|dim|dom)[a-zé]*"
    r"|(?:jan|feb|fév|mar|mär|apr|avr|abr|ma[iyg]|jun|juin|giu|jul|juil|lug|aug|aoû|ago|sep|set|oct|okt|ott|out|nov|dec"
    r"|dez|déc|dic|ene|gen)[^\W\d_]{0,7})\b\.?)"
)
_TIMESTAMP = re.compile(
    r"(?:(?:first |last |originally |article |story |zuletzt |dernière )?(?:published|updated?|posted|modified"
    r"|date published|last edited|veröffentlicht|aktualisiert|erstellt|stand|publiée?|mise? à jour|publicado"
    r"|actualizado|pubblicato|aggiornato|gepubliceerd|atualizado))\b\s*[:|]?"
    rf"(?=.{{1,120}}$)(?=.*(?:\d|\b(?:just now|today|yesterday)\b))(?>\d+(?:st|nd|rd|th|h|z)?|[\W_]|{_TIME_WORD}"
    r"|(?:and|last|first|published|updated|posted|modified)\b)++$",
    re.I,
)
# Groups are possessive: a line of digits or spaces can be split in one way only.
_PATTERNS = (_TIMESTAMP, _ADVERT, _SHARING, _SIGN_UP, _HOUSE, _COMMENTS, _FEED_TAIL)
_PLAIN_START = " \t•·*-–—>»|▶►"


def is_furniture(line: str) -> bool:
    """Tell whether `line`, a paragraph as the page shows it, is a page's furniture by its wording.

    is_furniture("Read more: Dam opens") -> True; is_furniture("He read more on the train.") -> False
    """
    line = line.strip(_PLAIN_START)
    if len(line) > _LONGEST:
        return False
    if len(line) <= _LONGEST_LINK and (_CROSS_LINK.match(line) or _SHOUTED.match(line)):
        return True
    return any(pattern.match(line) for pattern in _PATTERNS)
