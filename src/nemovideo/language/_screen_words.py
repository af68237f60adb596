"""How a backend talks about its screen: patterns over one clause, in lower case.

``\ue000`` stands for what is quoted, ``\ue001`` for code and links.
"""

# ruff: noqa: E501 - a pattern that is cut in two reads worse

from __future__ import annotations

from nemovideo.language._patterns import LazyPattern

STEPS_LEAD = LazyPattern(
    r"(?i)^(?:[*_#> ]*)(?:(?:to|for) (?:export|download|save|get|finish|share|preview|do|see|edit|change|add|continue|make)\b[^:：]*"
    r"|[^:：]{0,60}\b(?:steps?|instructions)\b[^:：]{0,40}|here(?:'s| is| are) (?:how|what to do)[^:：]*|next[^:：?]{0,20}|how to [^:：]*"
    r"|[^:：]{0,40}(?:步骤|如下|操作|方法|接下来)[^:：]{0,10}|要[^:：]{0,20})[:：][*_]*$"
    r"|^[*_#> ]*(?:what(?:['’]s| is| to do)? next|next steps?)[*_]*[?:]?[*_]*$"
)
"""Announces steps at the screen."""

_FILLER = (
    r"(?:please|next steps?|now|then|next|finally|lastly|first|second|third|also|just|simply|and|or|but|so|once there|from there|here|there"
    r"|you can(?: now| then| also| always| simply| just| easily)?|you(?:['’]ll| will)?(?: just| only)? (?:need|have|want) to"
    r"|you(?: may| might| could| should| must|['’]ll| will)(?: also| now| then| want to)?|feel free to|go ahead and|(?:make|be) sure to"
    r"|don['’]?t forget to|remember to|all you (?:need|have) to do is|try to|try|alternatively|otherwise|instead|afterwards?|after that"
    r"|when (?:you['’]re )?ready|if you (?:like|want|wish|prefer)|at this point|i(?:['’]d)? (?:suggest|recommend)(?: that)?(?: you)?|we (?:suggest|recommend)(?: that)?(?: you)?|it['’]s time to|ready to go|tip|hint|note|next steps?|step \d+"
    r"|in the (?:top|bottom|upper|lower)[ -](?:left|right)(?: corner)?|(?:at|on) the (?:top|bottom|left|right)(?: (?:side|corner))?(?: of the screen)?)"
)
_FILLER_ZH = (
    r"(?:请您?|您|你|可以|现在|然后|接着|接下来|随后|之后|再|最后|首先|随时|立即|马上|立刻|直接|先|只需要?|只要|需要|直接|也可以|也|就|或者?|并且?|且|如需|要"
    r"|在?(?:屏幕|页面|界面|编辑器|时间线|窗口)?(?:的)?(?:右上角|左上角|右下角|左下角|左侧|右侧|上方|下方|顶部|底部|右边|左边)的?|\s"
    r"|(?:您|你)?(?:满意|确认|检查|预览|编辑|修改|调整|准备)(?:无误|完|好|完成|完毕)?(?:之|以)?后)"
)
_SIGN = "\u2190-\u2bff\u200d\ufe0f\U0001f000-\U0001faff"
"""Arrows and emoji."""
_MARKS = rf"[*_>#\s(（{_SIGN}-]"
FILLERS = LazyPattern(rf"(?:{_MARKS}*(?:{_FILLER}\b[,:]?[*_]*\s+|{_FILLER_ZH}))*{_MARKS}*")
"""What stands before the verb of an instruction and says nothing of its own."""

_BUTTON = r"(?:buttons?|icons?|tabs?|keys?|menus?|options?|links?|toggles?|checkbox(?:es)?|arrows?|symbols?|switch|dropdown|thumbnail)(?! (?:graphic|sticker|animation|overlay|scene))"
_PANEL = (
    r"(?:panels?|panes?|tabs?|menus?|side ?bars?|windows?|drawers?|dialog(?:ue)?s?|inspectors?|toolbars?|dashboards?|drop-?downs?"
    r"|media library|asset library|media browser|properties|settings|preferences|workspace)"
)
_KNOWN = (
    r"(?:play|pause|export|download|save|preview|share|upload|ok|done|next|apply|confirm|render|publish|enter|space(?:bar)?|continue"
    r"|undo|redo|settings|ctrl|cmd|esc|shift|delete|back|cancel|submit|generate|edit|import)"
)
_THING = r"(?:the|your|this|that|an?|any|each|both|all|it|them|one of|clips?|photos?|\ue000|[\w-]+\.[a-z0-9]{3,4})"
_BY = (
    r"(?:adjust|change|move|fine-?tune|tweak|trim|re-?order|rearrange|resize|shorten|extend|reposition|edit|set|customi[sz]e|control|swap|do|play|watch)"
    r" (?:[\w'’-]+ ){1,6}?"
)
"""The way to something: "adjust the timing by …"."""
_HERE = r"(?:\*|\[|\ue000|\ue001|<)"

CLICK = LazyPattern(
    rf"(?:{_BY}by (?:simply |just )?)?(?:(?:left|right|double)[- ])?click(?:ing)?(?:(?: on)?[ ]+(?:on|the|your|any|that|this|it|here|anywhere|again|{_HERE}|[^\w\s,.;:!?]|(?P<known0>{_KNOWN})\b|(?:[\w'’-]+ ){{1,4}}{_BUTTON}\b)|$)"
    rf"|(?:tap|press|hit|push|toggle|use(?! \ue001)|touch|long[- ]press)(?: on)? (?:(?:the |your |on )*(?:{_HERE}|(?P<known1>{_KNOWN})\b(?! to the\b| the\b| your\b)|(?:[\w'’-]+ ){{1,4}}{_BUTTON}\b|\ue000))"
    rf"|(?:select|choose|pick|check|tick|enable|find|locate|look for|see|spot|notice|access|hover over|scroll to) (?:[\w'’\ue000*-]+ ){{0,5}}(?:{_BUTTON})\b"
    rf"|(?:select|choose|pick) (?:[\w'’\ue000*-]+ ){{1,5}}(?:from|in|under) the (?:[\w'’\ue000*-]+ ){{0,3}}(?:{_PANEL}|list)\b"
    r"|(?:点击|单击|双击|点按|轻触|轻点|按下|点选|点一下|点开|右键点击|长按|选中|勾选)(?!率|量|付费|的|声|音)"
    r"|[^，。]{0,8}?(?:面板|菜单|工具栏|标签页|窗口)(?:中|里|上|内)?的?(?:选择|选|找到)(?!了)"
)
CLICK_WEAK = LazyPattern(r"(?:tap|press|click) [A-Z*\[]")
"""Matched against the clause as it was written: a name with a capital follows."""

OPEN = LazyPattern(
    rf"(?:open(?: up)?|go (?:back )?(?:in)?to|navigate to|switch (?:over |back )?to|head (?:over )?to|visit|expand|access|jump to|return to|pull up|bring up|close|collapse"
    rf"|scroll (?:down |up )?(?:to|in|through)|look (?:at|in|under)|see|check|view|use|find [^,]{{1,30}}? (?:in|under)|browse) "
    rf"(?:(?:the|your|a|an|up|\*+|\ue000|[\w'’&/-]+)[ *]*){{0,5}}?{_PANEL}\b"
    r"|(?:open|go to|switch to|navigate to|head to|return to) (?:the |your )(?:[\w'’-]+ ){0,2}(?:timeline|editor|project page|library|canvas|storyboard|mixer|effects browser)\b"
    r"|(?:打开|开启|进入|切换到|前往|转到|跳转到?|展开|去|到|返回|关闭|查看)(?!的)[^，。；]{0,12}?(?:面板|菜单|标签页|选项卡|侧边栏|侧栏|窗口|设置|页面|素材库|媒体库|工具栏|界面|编辑器|时间线|时间轴|工作区|对话框|属性栏)"
)
DRAG = LazyPattern(
    rf"(?:(?:click[ -]and[ -])?drag(?:(?:[ -]and[ -]| ?& ?|/|-)drop)?|drop)\s+{_THING}\b(?! (?:volume|bass|beat|tempo|level|loudness|speed))"
    rf"|(?:drag|drop) [\ue000*\[]|drag[ -]and[ -]drop\b|use drag[ -]and[ -]drop\b"
    rf"|{_BY}by (?:simply |just )?dragging\b"
    r"|(?:拖拽|拖动|拖曳|拖放|拖到|拖入|拖至|拖进)(?!的)|(?:把|将)[^，。；]{1,24}?(?:拖|拽)"
)
_CONTROL = (
    r"(?:(?:[a-z'’\ue000*-]+ ){0,4}?(?:sliders?|handles?|knobs?|faders?|dials?|thumbs?|playhead))"
)
_VALUE = (
    r"(?:(?:up|down|over|back|slightly|left|right|a (?:bit|little)|half ?way|all the way) ?)*"
    r"(?:(?:un)?til\b|(?:to|at|by|towards?|near|around|past)\b (?:about |around |roughly |the )*"
    r"(?:[+-]?\d|half|zero|one|full|max|min|left|right|middle|cent(?:er|re)|top|bottom|start|end|low|high|\ue000)|(?:up|down|left|right)$)"
)
_CONTROL_ZH = r"(?:滑块|滑杆|滑条|滑动条|滑标|旋钮|推子|手柄|控制柄|播放头)"
CONTROL = LazyPattern(
    rf"(?:drag|slide|move|set|adjust|turn|pull|push|bring|raise|lower|increase|decrease|change|dial|put|use) (?:the|your|its|this|that|each|both) (?:{_CONTROL}) {_VALUE}"
    rf"|(?:drag|slide) (?:the|your|its|this|that|each|both) (?:{_CONTROL})\b|drag (?:the |your )(?:[a-z-]+ ){{1,3}}?{_VALUE}"
    rf"|(?:把|将)[^，。；]{{0,24}}?{_CONTROL_ZH}[^，。；]{{0,6}}?(?:拖|拽|调|移|设|拉|滑|转|推|放)"
    rf"|(?:拖|拉|滑|移|转|推|调整|调节|设置)动?(?!了)[^，。；]{{0,12}}?{_CONTROL_ZH}"
)
"""Moves a control of the screen to a value."""
PREVIEW = LazyPattern(
    r"(?:preview|watch|play|view|review|see|check|look at|inspect|play back)\b(?: [\w'’*-]+){0,5}? (?:in|on|from|using|with|inside) (?:the |your )?(?:[\w*-]+ )?(?:timeline|player|preview|canvas|viewer)\b"
    r"|preview (?:it|your|the|this|them|now|everything|changes)\b|(?:check|see|view|look at|inspect|watch|scrub through|scroll through) (?:the |your )(?:[\w-]+ )?(?:timeline|preview)\b"
    r"|(?:在)?[^，。；]{0,6}(?:时间线|时间轴|播放器|预览窗口?|预览区)(?:上|中|里|内|面板)?(?:上|中|里)?(?:进行)?(?:预览|查看|播放|观看)"
    r"|(?:预览|查看|播放|观看)[^，。；的]{0,8}(?:时间线|时间轴|播放器|预览窗口)|预览(?:一下)?(?:视频|效果|成片|您的视频|你的视频)?(?=$|[。！\s])"
)
EXPORT = LazyPattern(
    r"(?:export|download)(?:ing)?(?: (?:it|the|your|this|that|when|whenever|once|as|now|to|from|in|at|and|any|using|with)\b|$)(?! (?:button graphic|sound))"
    r"|(?:go|head|navigate|switch) (?:over )?to (?:the )?[*\[]*(?:export|download)\b"
    r"|(?:save|publish|render|share) (?:it|the (?:final )?(?:video|file|project|movie)|your (?:final )?(?:video|file|project|movie))\b(?: |$)"
    r"|导出(?=视频|成片|影片|文件|作品|项目|您|你|它|吧|即可|到|为|成|并|一下|最终|了?$|[\s\ue000])(?![^，。]*(?:完成|成功|已|的是))|(?:下载|保存)(?:视频|成片|文件|到本地|即可|吧|它|$)"
)
EXPORT_BUTTON = LazyPattern(
    r"\b(?:export|download)\*{0,2} (?:button|icon|menu|panel|option|tab|dialog)\b|^export is\b|导出(?:按钮|面板|菜单|选项)"
)
"""Names the way out, wherever it stands in a clause about where things are."""

WHERE = LazyPattern(
    r"\b(?:is|are|sits?|can be found|located|found) (?:located |found )?(?:at|in|on|under|near) (?:the |your )?(?:top|bottom|upper|lower|left|right|tool|side|menu|corner|header|screen)"
    r"|\byou(?:['’]ll| will| can| should)? (?:find|see|use|spot|notice|access)\b|(?:位于|就在)|在(?:右上角|左上角|右下角|左下角|左侧|右侧|顶部|底部)"
)
"""Says where something is on the screen."""

CREDITS = LazyPattern(
    r"(?:check|see|visit|view|manage|review|go to|open|top up|upgrade|update|log ?in to|sign ?in to|head to|look at|access)\b(?: [\w'’/*&-]+){0,4}? \*{0,2}"
    r"(?:account|billing|subscription|(?:your|subscription|pricing) plan|credit balance|your (?:remaining )?credits|credits page|payment (?:details|method)|pricing)\b"
    r"|(?:upgrade|top up) (?:your )?(?:account|plan|credits)\b"
    r"|(?:查看|检查|查询|前往|打开|登录|去|到|管理|进入)(?!的)[^，。；]{0,10}?(?:账户|账号|账单|余额|积分|订阅|会员中心|充值|计费)"
)

STEP = LazyPattern(
    r"(?:choose|select|pick|enter|type|set|name|wait|confirm|download|save|share|enjoy|watch|review|adjust|trim|cut|move|place|release|scroll"
    r"|look|find|hover|play|use|hit|upload|preview|export|apply|render|start|finish|continue|log in|sign in|repeat|give|drop|pull|stretch|resize|let go"
    r"|follow|try|grab|hold|copy|paste|mark|locate|see|check|open|click|tap|press)\b|(?:it|that|this|(?:the|your) (?:final )?(?:video|file|movie|mp4|download|export|render(?:ing)?)) (?:will|should)\b(?! have| be (?:\d|about|around|much))|(?:it|that|this) (?:opens|starts|downloads|saves)\b|that['’]s it|(?:and )?you['’]re (?:done|all set)"
    r"|选择|等待|确认|输入|设置|下载|保存|分享|调整|松开|完成|找到|导出|开始|使用|稍等|命名"
)
"""What goes on after an instruction, or between two."""

ELLIPSIS = LazyPattern(
    rf"(?:or|and) (?:in |on |from )?(?:the |your )?(?:[\w'’&*-]+ ){{1,3}}?(?:{_PANEL}|{_BUTTON})(?: to\b| for\b|$)"
)
"""One more panel or button, without a verb of its own."""

BEFORE = LazyPattern(
    r"(?:when|whenever|once|if|to|after|before|for|in order to|as soon as|should you|unless|until|from|in|on|under|with|at|now|then|next|finally|first|alternatively|otherwise|also)\b"
    r"|(?:如果|当|要|想|若|等|如需|为了|一旦|在|从|完成后|满意|确认|接下来|然后|最后|首先)"
)
"""Begins a clause that belongs to the instruction after it."""

AFTER = LazyPattern(
    r"(?:to|so that|so|which|where|when|whenever|once|if|after|before|until|or|in order to|for|then|(?:and|but)$)\b|(?:即可|就可以|就能|便可|来|以便?|从而|进行|等|直到|或者?)"
)
"""Begins a clause that belongs to the instruction before it."""

SEPARATOR = LazyPattern(
    r"[,;:]\s+|(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\s+(?=\S)|\s*[(（](?=(?:[Yy]ou can |just |then |您?可以)*(?:click|tap|press|drag|open|点击|打开|拖)[^()（）]*[)）][.!。！]*$)|"
    r"\s+[—–-]{1,2}\s+|—+|[，；：]"
    r"|(?<!drag)(?<!click)\s+(?:and then|and|then|or|but|so)\s+(?=(?:(?:then|you can|you could|you may|please|just|simply|also|finally|now|to|next) )*"
    rf"(?:(?:click|tap|press|hit|open|go to|drag|drop|slide|preview|export|download|navigate|check|visit|select|choose|head|switch|use the|save|play)\b|(?:set|adjust|move|turn|pull|push) (?:the|your|its) {_CONTROL} {_VALUE}))"
    r"|\s+(?:and|but|so)\s+(?=(?:your|the video|it['’]s|it is|i|i['’]ve|i['’]ll|we|my|this|there)\b)"
)
ENDS_WITH_SIGN = LazyPattern(rf"[{_SIGN}]$")
SENTENCE_END = LazyPattern(r"[.!?…。！？]+[)\]}\"'”’»」』】*_]*$")

GRAPHIC = LazyPattern(
    r"\b(?:added|animated|graphic|overlay|sticker|scene|caption|title|text|shows?|showing|says|reads|designed|drew|placed|appears|animation|call-to-action)\b"
    r"|标题|字幕|文字|画面中|添加了|加了|动画|贴纸"
)
"""Talks about what is seen in the video, not on the screen around it."""

SPOKEN = LazyPattern(
    r"\b(?:caption|title|text|subtitles?|voice-?over|narrat\w+|says?|reads?|script|lines?|slogan|call[- ]to[- ]action|cta)\b"
    r"|标题|字幕|旁白|文案|台词|文字"
)
"""Before a colon: what follows is heard or read in the video."""
OFFER = LazyPattern(
    r"^\W*(?:(?:so|now|or|and),? )?(?:would|do) you (?:like|want|prefer)\b|^\W*(?:shall|should|can|may) (?:i|we)\b|^\W*want me\b"
    r"|要不要|是否|需要我|要我|想要?我|还是"
)
"""Asks what to do next instead of telling the user to do it."""

EXPORT_NAMES = LazyPattern(
    r"^(?:[\w-]+ )?(?:export|download|save|render|publish|share)(?:\s|$|-)(?!settings)|^(?:导出|下载|保存|渲染)(?!设置|选项|面板)"
)
PREVIEW_NAMES = LazyPattern(r"^(?:preview|play)\b|^(?:预览|播放)|[▶►⏵]")
CREDITS_NAMES = LazyPattern(
    r"\b(?:account|billing|credits|subscription|upgrade|pricing|top up)\b|账户|账号|账单|积分|余额|订阅|升级|充值"
)

NAME = LazyPattern(
    r"(?:click|clicking|tap|press|hit|push|toggle|use|touch|select|choose|pick|check|tick|enable|find|locate|look for|see|spot|notice|access|hover over|scroll to)\b(?: on| the| your| that| this| a| an| again)*\s*"
    r"(?:[\"“'‘\[*`「【<]+(?P<quoted>[^\"”'’\]*`」】>]+)[\"”'’\]*`」】>]|(?P<named>(?:[A-Z0-9][\w&+/-]*)(?:\s(?:[A-Z0-9][\w&+/-]*|to|as|and(?= [A-Z][\w&+/-]* (?:button|icon|tab)\b)|of))*(?<!\bto)(?<!\bas)(?<!\bof))"
    r"|(?P<plain>[\w'’ -]{1,40}?)(?:\s(?:button|icon|tab|key|menu|option|link|toggle|checkbox|arrow|symbol|switch|dropdown|thumbnail)\b|\s(?:to|in|at|on|and|from|for|when|if|once)\b|$|[,.!?;:)]))"
)
NAME_ZH = LazyPattern(
    r"(?:点击|单击|双击|点按|轻触|轻点|按下|点选|点一下|点开|右键点击|长按|选中|勾选|选择|找到)(?:屏幕|页面|界面|右上角|左上角|右下角|左下角|左侧|右侧|上方|下方|顶部|底部|右边|左边|中|的|上|里|一下|\s)*"
    r"(?:[“「【\"\[*《]+(?P<quoted>[^”」】\"\]*》]+)[”」】\"\]*》]+|(?P<plain>[^，。；！？“”「」【】]{1,12}?)(?:按钮|图标|选项|键|标签|即可|就|来|后|进行|以|并|可以|可|，|。|！|；|\s|$))"
)
PANEL_NAME = LazyPattern(
    r"(?i)(?:open(?: up)?|(?:go (?:back )?(?:in)?|navigate |switch (?:over |back )?|head (?:over )?|jump |return |scroll (?:down |up )?)to|visit|expand|access|up|close|collapse|in|at|under|see|check|view|use|through|browse) (?:the |your |a |an )*(?P<name>.+)"
)
PANEL_NAME_ZH = LazyPattern(
    r"(?:打开|进入|切换到|前往|转到|跳转到?|展开|去|到|返回|关闭|查看)(?:右侧|左侧|上方|下方|右上角|左上角|顶部|底部|的)*(?P<name>[^，。；！？]*?(?:面板|菜单|标签页|选项卡|侧边栏|侧栏|窗口|设置|页面|素材库|媒体库|工具栏|界面|编辑器|时间线|时间轴|工作区|对话框|属性栏))"
)
PANEL_END = LazyPattern(
    r"(?i)^(?P<name>.*?\b(?:panels?|panes?|tabs?|menus?|side ?bars?|windows?|drawers?|dialog(?:ue)?s?|inspectors?|toolbars?|dashboards?|drop-?downs?"
    r"|library|browser|properties|settings|preferences|workspace|timeline|editor|page|canvas|storyboard|mixer))\b"
)
