"""English."""
# ruff: noqa: E501 - a pattern that is cut in two reads worse

from __future__ import annotations

from nemovideo.engine.director._vocabulary import Vocabulary, compile_choices, compile_pattern

_MUSIC = r"(?:(?:background|bg|backing) ?)?(?:music|soundtracks?|songs?|bgm|tunes?)"
_TITLE = (
    r"(?:(?:opening|main|intro|end|closing|final|video|new) )?"
    r"(?:titles?(?: card)?|text(?: overlay)?s?|captions?|headline|heading|words)"
)
_TRANSITION = r"(?:transitions?(?: effects?)?)"
_THING = rf"(?:{_MUSIC}|{_TITLE}|{_TRANSITION}|(?:cross)?fades)\b"
_PHOTO = r"(?:photo|picture|image|slide|pic|shot)s?"
_MEDIA = rf"(?:{_PHOTO}|photographs?|clips?|videos?|files?|snaps|footage|media)"
_VIDEO = r"(?:video|movie|film|slide ?show|montage|reel|short|vlog|story|mp4|clip|recap)"
_NOT = (
    r"(?:no|without|remove|delete|drop|lose|take (?:out|off|away)|get rid of|skip|omit|leave out"
    r"|turn off|mute|(?:don['’]?t|do not) (?:add|use|want|need|put|include|have|play))"
)
_SEPARATOR = r"(?:\s|,|，|、|;|and|then|->|→|>|\d+[.)])*"
_FILES = rf"(?:<F>|<U>)(?:{_SEPARATOR}(?:<F>|<U>))*"
_TITLE_TAIL = (
    r"(?:,? on (?:it|top|screen|the video|the screen))?"
    r"(?:,? (?:right )?(?:at|in|on|near|to|over) the (?:very )?"
    r"(?:beginning|start|front|opening|top|ending|end|close|first (?:photo|picture|image|frame)))?"
    r"(?:,? for (?:the first )?(?P<length><D>))?"
)
_IT = r"(?:it|this|that|everything|the (?:whole |entire |full )?(?:video|movie|film|slideshow|timeline|length|duration|thing))"

_MOODS = {
    "lofi": r"lo-? ?fi|chill(?:ed|out)?|hip-? ?hop|study beats|mellow|laid-?back|groovy",
    "epic": r"epic|cinematic|dramatic|heroic|orchestral|inspir(?:ing|ational)|grand|powerful"
    r"|majestic|adventurous|triumphant|intense",
    "calm": r"calm(?:ing|er)?|relax(?:ed|ing)|soft|gentle|peaceful|piano|ambient|soothing|quiet|slow"
    r"|romantic|tender|dreamy|meditative|acoustic|sentimental|nostalgic|emotional|sad|serene",
    "happy": r"happ(?:y|ier)|upbeat|cheer(?:ful|y)|joyful|fun(?:ky)?|bright|sunny|lively|energetic|pop"
    r"|party|playful|uplifting|feel-?good|fast|jolly|summery|positive|ukulele|dance",
}
_SLIDE = r"(?:slid(?:e|es|ing)|push(?:es)?)"
_WIPE = r"(?:wip(?:e|es|ing))"
_TRANSITIONS = {
    "fadeblack": r"fad(?:e|es|ing)(?: |-)?(?:(?:to|through|from|via|in) )?black|(?:dip|dips|cut|cuts) to black"
    r"|black fades?",
    "fadewhite": r"fad(?:e|es|ing)(?: |-)?(?:(?:to|through|from|via|in) )?white|(?:dip|flash|dips|flashes) to white"
    r"|white (?:fades?|flash(?:es)?)",
    "none": r"(?:hard|straight|simple|clean|plain|jump|direct|sharp)[ -]cuts?(?: only)?|(?:just|only) cuts|cuts only",
    "crossfade": r"cross(?:[ -]?(?:fade[sd]?|fading|dissolves?))|dissolv(?:e|es|ing)"
    r"|blend(?:s|ing)?(?= transitions?| between)|fad(?:e|es|ing)(?: in and out| between)?(?: transitions?)"
    r"|fad(?:e|es|ing)(?: in and out| between| into each other| from one to the next)?",
    "slideright": rf"{_SLIDE}(?: |-)?(?:to the )?right(?:wards?)?|{_SLIDE}(?: in)? from (?:the )?left",
    "slideup": rf"{_SLIDE}(?: |-)?up(?:wards?)?|{_SLIDE}(?: in)? from (?:the )?bottom",
    "slidedown": rf"{_SLIDE}(?: |-)?down(?:wards?)?|{_SLIDE}(?: in)? from (?:the )?top",
    "slideleft": rf"{_SLIDE}(?: |-)?(?:to the )?left(?:wards?)?|{_SLIDE}(?: in)? from (?:the )?right"
    rf"|{_SLIDE}(?=(?: in)? {_TRANSITION})|sliding|(?<=transition )slides?|(?:use|with) slides?$",
    "wiperight": rf"{_WIPE}(?: |-)?(?:to the )?right|{_WIPE} from (?:the )?left",
    "wipeleft": rf"{_WIPE}(?: |-)?(?:to the )?(?:left)?(?: from (?:the )?right)?",
    "zoom": r"zoom(?:s|ing)?(?: in)?(?= transitions?)|(?:transitions?(?: to|:| is| of)?|with|use|to) zooms?\b"
    r"(?! (?:in|out|on|into))",
}
_KNOWN = (
    rf"(?:{_MUSIC}|{_TRANSITION}|add|make|use|set|put|no|without|keep|title"
    rf"|vertical|portrait|square|{'|'.join(_TRANSITIONS.values())}|{'|'.join(_MOODS.values())})\b"
)
_STOP = (
    r"(?=\s*(?:$|[,;!?\n，。；！？]|\.(?:\s|$)"
    rf"|\s(?:with|without|and|using|plus|then|in|for) (?:(?:a|an|some|the|no|it|nice) )*(?:{_KNOWN}|<D>|<R>)"
    r"|\s(?:at|in) the (?:very )?(?:beginning|start|end)|\s(?:without|with no) ))"
)
_FREE = rf"(?P<text>[^\s,;.!?，。；！？\ue000-\ue00f][^,;!?\n，。；！？\ue000-\ue00f]*?){_STOP}"
_ASPECTS = {
    "4:5": r"(?:for )?(?:an? )?(?:instagram|insta|ig) (?:feed|posts?)",
    "9:16": r"(?:for )?(?:an? |my )?(?:tik ?tok|douyin|snapchat|(?:instagram |insta |ig |facebook )?reels?|"
    r"(?:youtube )?shorts(?! \w)|(?:instagram |insta |ig |whatsapp )?(?:stories|story)|instagram|insta"
    r"|(?:mobile |cell )?phones?|mobile)(?: videos?)?"
    r"|vertical(?:ly)?|portrait(?: mode| format| orientation)?|upright",
    "16:9": r"(?:for )?(?:a |the |my )?(?:youtube|tv|television|desktop|vimeo)"
    r"|horizontal(?:ly)?|landscape(?: mode| format| orientation)?|wide-?screen",
    "1:1": r"squared?",
}
_DESCRIBED = r"(?:these|those|this|my|our|your|the|all|all the|all my|all of the|of)"

VOCABULARY = Vocabulary(
    without=(
        compile_pattern(
            rf"\b{_NOT}(?: (?:any|the|a|all|more|of|its|it's|other))* {_THING}"
            rf"(?:(?:,? (?:and|or|nor) |, (?=(?:any |the |no )*{_THING},? (?:and|or|nor) )| & )"
            rf"(?:any |the |a |no )*{_THING}(?! ?(?:<Q>|:)))*(?: <Q>)?"
        ),
        compile_pattern(
            rf"\b(?:take|turn|switch) (?:the |all )?{_THING} (?:out|off|away)\b"
            rf"|\b{_THING}\s?[:=]?\s?(?:none|off)\b|\bcut the (?:{_MUSIC})\b|\b{_THING}-free\b"
        ),
    ),
    things=compile_choices(
        {
            "music": rf"\b{_MUSIC}\b",
            "title": rf"\b{_TITLE}\b",
            "transition": rf"{_TRANSITION}|fades",
        }
    ),
    titles=tuple(
        compile_pattern(source)
        for source in (
            rf"\b(?:replace|change) <Q> (?:with|to|by|into|->) <Q>{_TITLE_TAIL}",
            r"(?:\b(?:an?|the|its|with|add|put|use|give it|show|set|change|make|replace|rename|update"
            r"|insert|include|write|overlay|display|have|and) )*"
            rf"\b{_TITLE}(?: (?:card|overlay|to|as|is|be|should|must|reads?|reading|says?|saying|that"
            r"|which|of|called|with|from|text|words?|now|it))*\s?[:=]?\s?<Q>"
            rf"(?:\s?(?:to|with|->|→|into)\s?<Q>)?{_TITLE_TAIL}",
            r"\b(?:titled|called|named|entitled|labell?ed|(?:that |which )?(?:saying|says|reads|reading)"
            rf"|(?:name|call|title) (?:it|this|the video))\s?:?\s?<Q>{_TITLE_TAIL}",
            r"(?:\b(?:add|put|use|show|write|display|overlay|insert|with|have|set) )?<Q>"
            rf"{_TITLE_TAIL} (?:as|for) (?:the |a |an |its |my )*{_TITLE}\b(?P<tail>{_TITLE_TAIL.replace('?P<length>', '?:')})",
            r"\b(?:add|put|show|write|display|overlay|insert|print|start with|open with)(?: the| a)?"
            rf"(?: words?| phrase| line| message)? <Q>{_TITLE_TAIL}",
            rf"\bwith <Q>(?= (?:at|on|in|over) ){_TITLE_TAIL}",
            r"\b(?:titled|entitled|called|named|(?:title|call|name) it"
            rf"|(?:(?:with |add |and |the |a )*)\b{_TITLE}(?: (?:is|reads|saying|that says|should be|to))?\s?:"
            rf"|(?:change|set|rename|update) (?:the |its )?{_TITLE} (?:to|into|:))\s{_FREE}(?:{_TITLE_TAIL})",
        )
    ),
    at_the_end=compile_pattern(
        r"\bthe (?:very )?(?:end|ending|close)\b|\b(?:end|closing|final) (?:title|text|caption)"
    ),
    not_a_title=compile_pattern(
        r"(?:something|anything|an?|the|another|different|bigger|smaller|larger|bold|italics?|red|blue"
        r"|white|yellow|black|green|upper ?case|lower ?case|at|in|on|for|to|with|and|or|that|which"
        r"|please|by|from|appear|it|my|our|be|last|fade)\b"
    ),
    title_asked=compile_pattern(
        rf"\b(?:add|with|put|include|want|need|give it|have|insert)(?: (?:a|an|the|some|nice))* {_TITLE}\b{_TITLE_TAIL}"
    ),
    music_said=compile_pattern(rf"\b{_MUSIC}\s?[:=]\s?(?P<text>[^.;\n。；!！]+)"),
    music_file=compile_pattern(
        r"(?:\b(?:use|with|put|play|add|take|have|set|using|to) )?(?:<F>|<U>|<Q>)(?:(?:,|,? and| then)? ?(?:<F>|<U>))*"
        rf" (?:as|for|to be|in) (?:the |my |its |a |our )*{_MUSIC}\b"
        rf"|\b{_MUSIC}(?: (?:is|to|from|should|be|file|of|with|use|using|called|named))*\s?(?:<F>|<U>)"
        rf"|\b(?:song|tune|track|music) (?:called |named |is )?<Q>"
    ),
    music=compile_pattern(
        rf"(?:\b(?:add|with|and|some|put|use|include|play|set|change|make|switch|to|the) )*\b{_MUSIC}\b"
        r"(?: (?:back|in the background|underneath|under it|behind it|track))?|\bbeats?\b"
    ),
    other_music=compile_pattern(
        rf"\b(?:change|replace|swap|switch) (?:the |its )?{_MUSIC}\b(?! (?:to|with|for|volume))"
        rf"|\b(?:another|different|new|other) (?:piece of )?{_MUSIC}\b"
        rf"|\b{_MUSIC} to something (?:else|different|new)"
    ),
    moods=compile_choices({mood: rf"\b(?:{words})\b" for mood, words in _MOODS.items()}),
    louder=compile_pattern(
        rf"\b(?:turn|bring) up (?:the )?(?:{_MUSIC}|volume)|\b(?:turn|bring) (?:the )?(?:{_MUSIC}|volume|it) up"
        rf"|\b(?:raise|increase|boost) (?:the )?(?:{_MUSIC}|volume)(?: volume)?"
        rf"|\b(?:make )?(?:the )?(?:{_MUSIC}|volume|it) (?:a (?:bit|little) |much |be )*(?:louder|higher)|\blouder(?: {_MUSIC})?"
    ),
    quieter=compile_pattern(
        rf"\b(?:turn|bring) down (?:the )?(?:{_MUSIC}|volume)|\b(?:turn|bring) (?:the )?(?:{_MUSIC}|volume|it) down"
        rf"|\b(?:lower|reduce|decrease) (?:the )?(?:{_MUSIC}|volume)(?: volume)?"
        rf"|\b(?:make )?(?:the )?(?:{_MUSIC}|volume|it) (?:a (?:bit|little) |much |be |less )*(?:quieter|softer|lower|loud)\b"
        rf"|\b(?:quieter|softer)(?: {_MUSIC})?|\b{_MUSIC} is too loud"
    ),
    volume_to=compile_pattern(
        rf"\b(?:set |turn |change |make |lower |raise |reduce |put |the )*(?:{_MUSIC}(?: volume)?|volume(?: of the {_MUSIC})?)"
        r"(?: (?:to|at|is|down|up|volume))*\s?[:=]?\s?<P>|<P> (?:music )?volume"
    ),
    per_photo=compile_pattern(
        rf"<D> (?:(?:per|a|an|each|for each|for every|on each|on every) |/ ?)(?:single )?{_PHOTO}\b"
        rf"|(?:\b(?:show|keep|display|leave) )?\b(?:each|every|all|per)(?: of)?(?: the)? {_PHOTO}\b(?: [a-z]+){{0,4}}:? <D>(?: long| each)?"
        rf"|\b(?:show |keep )?(?:the )?{_PHOTO} (?:for |stay |last )*<D> each|<D> (?:each|apiece)\b"
    ),
    per_transition=compile_pattern(
        r"<D>(?: long)?(?= (?:[a-z]+ )?(?:transitions?|crossfades?|dissolves?|fades?|slides|wipes))"
        rf"|\b{_TRANSITION}(?: (?:of|to|last|lasting|for|that|should|be|length|are|time|is))*\s?[:=]? ?<D>"
    ),
    longer=compile_pattern(
        rf"(?:\bmake )?(?:\b{_IT} )?<D> longer\b|\blonger by <D>"
        rf"|\b(?:extend|lengthen|stretch)(?: {_IT})? by <D>|\badd (?:another )?<D>(?! (?:transition|title|cross))"
    ),
    shorter=compile_pattern(
        rf"(?:\bmake )?(?:\b{_IT} )?<D> shorter\b|\bshorter by <D>"
        rf"|\b(?:shorten|cut|trim|reduce)(?: {_IT})? by <D>|\b(?:cut|take|trim) <D> off\b(?: {_IT})?"
    ),
    moment=compile_pattern(
        r"\b(?:at|from|after|until|till|before|between|starting|first|next|since|every|(?:the|for) last) (?:the )?<D>"
        r"|<D> (?:mark|in\b(?! (?:length|total)))"
    ),
    total=compile_pattern(
        rf"(?:\b(?:cut|trim|shorten|shrink|reduce|speed|extend|lengthen|stretch|make|change|set|bring|get|keep)"
        rf"(?: {_IT})?(?: (?:down|up|be|last))*(?: to)? )?(?:\b{_IT} )?(?:\b(?:length|duration|should|be|is|must|lasts?|lasting|of|to|for|in|about"
        r"|around|exactly|roughly|approximately|at most|max|maximum|under|up to|total)\b:? |~ ?)*<D>(?: (?:long|in length|in total|total|max|maximum|version))?"
    ),
    aspects=compile_choices({aspect: rf"\b(?:{words})\b" for aspect, words in _ASPECTS.items()}),
    transitions=(
        *(
            (name, compile_pattern(rf"\b(?:{words})(?![a-z])(?: ?{_TRANSITION})?"))
            for name, words in _TRANSITIONS.items()
        ),
        ("", compile_pattern(rf"\b(?:with |add |use |some |nice |smooth |and )*{_TRANSITION}\b")),
    ),
    orders=compile_choices(
        {
            "reverse": r"\breverse(?:d)? (?:the )?order\b|\bin reverse\b(?: order)?|\breverse (?:the )?(?:photos|pictures|images|clips)\b|\bback to front\b",
            "shuffle": r"\bshuffled?\b(?: (?:the )?(?:order|photos|pictures|clips))?|\b(?:in )?(?:a )?random(?:i[sz]e)?(?:d)?(?: the)? order\b",
            "name": r"\b(?:sort(?:ed)?|order(?:ed)?|arranged?) (?:them |the (?:photos|pictures|clips|files) )?(?:by (?:file ?)?name|alphabetically)\b"
            r"|\b(?:in )?alphabetical(?: order|ly)?\b|\bby file ?name\b",
            "upload": r"\b(?:in|keep) (?:the |this |that |their )?(?:same |given |upload(?:ed)? |original |right )?order(?: (?:i|they were) upload(?:ed)?(?: them)?)?(?!\s?:)\b",
        }
    ),
    named_order=compile_pattern(
        rf"(?:\b(?:in|keep|use|with|following|the|this|that|and) )*\b(?:file )?order(?: is| of (?:the )?files| should be)?\s?[:：]?\s?(?P<files>{_FILES})"
        rf"|(?P<files2>{_FILES}),? in (?:that|this) order"
    ),
    put_first=compile_pattern(
        rf"\b(?:start|begin|open)(?:s|ing)? with (?P<files>{_FILES})"
        rf"|\b(?:put|move|show|place|play|use) (?P<files2>{_FILES}) (?:first|(?:at|to|in) the (?:very )?(?:beginning|start|front))"
    ),
    put_last=compile_pattern(
        rf"\b(?:end|finish|close)(?:s|ing)? with (?P<files>{_FILES})"
        rf"|\b(?:put|move|show|place|play|use) (?P<files2>{_FILES}) (?:last|(?:at|to|in) the (?:very )?(?:end|back))"
    ),
    adds_media=compile_pattern(
        rf"\b(?:add|append|include|insert|use) (?:(?:the|these|those|my|all|of|other|new|remaining|missing|rest|more|two|three|newly|uploaded|both|just|\d+) )+{_MEDIA}(?: too| as well)?"
        r"(?: (?:to|at|in) the (?:end|video|timeline))?\b"
    ),
    new_cut=compile_pattern(
        rf"\b(?:turn|convert|combine|edit|put|stitch|assemble|compile|cut|transform|make|merge|join) (?:<F>|{_DESCRIBED}|\d+|them|together)(?: (?!video\b|the\b)[\w-]+){{0,7}} (?:together )?(?:into|to|in) (?:an?|one)?\b"
        rf"|\b(?:make|create|build|generate|produce|give|cut|do|want|need|like|edit)(?: me| us)? (?:an?|one|my|some)\b(?: new\b)?(?=[^.;!?\n]{{0,60}}\b{_VIDEO}\b)"
        rf"|\b{_VIDEO}s? (?:from|of|out of|with|using) (?:all |these |those |my |our |the )*(?={_MEDIA}\b)"
        rf"|\b(?:first cut|start over|from scratch|slide ?show|montage)\b"
    ),
    counts=compile_pattern(
        rf"\b(?:{_DESCRIBED} )*(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\s(?P<kind>{_MEDIA})\b"
        rf"|\b{_DESCRIBED} (?:of (?:the|my|these) )?(?:(?!(?:first|last|second|third|only|other|next|{_VIDEO}|{_MEDIA})\b)[a-z][\w'’-]* ){{0,2}}(?:photos?|pictures?|images?|pics?|photographs?|snaps|clips|videos|files|footage)\b"
        rf"(?: and (?:the |my )?(?:clips?|videos?|photos?|music|songs?|pictures?))?"
        rf"|\b(?:portrait|landscape|holiday|family|vacation|travel|wedding) {_PHOTO}\b"
    ),
    clause_end=compile_pattern(
        r"[.!?;,\n]|\b(?:and then|and also|then|but|plus|also|as well as)\b"
        rf"|\band\b(?! (?:(?:\d+|one|two|three|some|the|my|a) )?{_MEDIA}\b)"
    ),
    not_done=compile_pattern(
        r"^\s*(?:(?:what|why|when|where|who|which|how)(?! about\b)|is|are|was|were|does|do you|did|has|have you|if)\b"
        r"|\b(?:don['’]?t|do not|never|not|isn['’]?t|shouldn['’]?t|won['’]?t|stop)\b"
    ),
    aside=compile_pattern(
        r"\b(?:about|showing|featuring|inspired by|in the style of|based on|so that|because|for my"
        r"|to celebrate|where|while|like an?)\b[^,;.!?\n]*?(?=$|[,;.!?\n]|\b(?:with|using|and) )"
    ),
    scope=compile_pattern(
        r"\b(?:first|second|third|fourth|fifth|last|next|previous|each|every|middle|only|except|half|third"
        r"|faster|slower|speed|slow|slowly|trim|cut|crop|rotate|flip|mirror|reverse|backwards|loop|freeze"
        r"|split|merge|blur|brighte[nr]\w*|darke[nr]\w*|filter|undo|redo|zoom|pan|longer|shorter|twice"
        r"|double|between|before|after|until|from \d|[a-z]+s? \d+|#\d+|instead of|beat|sync|voice ?over"
        r"|narrat\w+|subtitles?|logo|watermark|sticker|colou?rs?|black and white|export|download)\b|<F>|<U>"
    ),
    harmless=compile_pattern(
        r"\b(?:an?|the|this|that|these|those|my|our|your|it|its|it's|i|i'd|i’d|we|us|me|you|they|them|be"
        r"|is|to|of|for|from|with|or|in|on|as|at|into|out|up|please|pls|plz|kindly|can|could|would|will"
        r"|should|want|wants|wanna|like|need|let's|lets|let|make|making|create|build|generate|produce|turn"
        r"|convert|put|together|combine|add|use|using|include|have|has|give|get|do|set|change|switch|edit"
        r"|edited|video|videos|clips?|movies?|film|slide ?show|montage|story|photos?|pictures?|images?|pics?"
        r"|photographs?|files?|media|footage|all|new|nice|good|great|cool|simple|short|beautiful|awesome|lovely"
        r"|pretty|smooth|smoothly|some|any|also|now|just|so|too|thanks|thank|hi|hello|hey|ok|okay|length|duration|long|seconds?"
        r"|minutes?|total|aspect|ratio|format|size|orientation|mode|version|background|and|one|keep|same"
        r"|everything|whole|entire|effects?|transitions?|music|how about|what about|maybe|there|here|instead"
        r"|quality|1080p|hd|full hd|mp4|h\.?264|order|by|through|style|sound|yes|no problem|actually|something|more|go|going|if possible|nemo|each other|them)\b(?!['’])"
    ),
)
