"""The words that commands are made of; everything else is talk for the agent."""

# ruff: noqa: E501 - lists of words and whole patterns read better unwrapped

from __future__ import annotations

from dataclasses import dataclass

from nemovideo.language._patterns import LazyPattern


@dataclass(frozen=True)
class Command:
    """What a command may be said with."""

    keywords: frozenset[str]
    """One of them is enough, as long as all other words fit."""
    words: frozenset[str]
    """All words that fit, beside the common ones; the keywords among them."""
    frames: tuple[LazyPattern, ...] = ()
    """Turns of phrase that say the same without a keyword."""
    never: tuple[LazyPattern, ...] = ()
    """Turns of phrase that mean something else although all words fit."""
    plain: LazyPattern | None = None
    """What is so plain a way to say it that unknown words after it do no harm, as long as none
    of them is a word of editing."""
    takes_paths: bool = False
    is_implied_by_paths: bool = False
    """Whether a path that is rooted somewhere stands for the keyword."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HAS_IT = r"\b(?:did|have|has|was) (?:i|we|it|this|the|my)\b.* ?\b"
"""Asks about what was done, in front of its verb."""
_ASKS_HOW_FAR = r"(?:导出|渲染|上传|下载) ?到 ?(?:哪|百分|多少)|(?:导出|渲染|上传) ?(?:好|完|完成|成功) ?了? ?(?:吗|没|么)"
_STAGING = (
    r"\b(?:cut|start|begin|finish|end|open|close)s? (?:to|with|on)\b",
    r"进度 ?条|状态 ?栏",
)
"""Says what the video shows, and when."""


def _command(
    keywords: str,
    words: str,
    *,
    frames: tuple[str, ...] = (),
    never: tuple[str, ...] = (),
    plain: str | None = None,
    takes_paths: bool = False,
    is_implied_by_paths: bool = False,
) -> Command:
    return Command(
        _set(keywords),
        _set(keywords) | _set(words),
        tuple(map(LazyPattern, frames)),
        tuple(map(LazyPattern, (*_STAGING, *never))),
        LazyPattern(plain) if plain else None,
        takes_paths,
        is_implied_by_paths,
    )


CONTRACTIONS = {
    "what's": "what is",
    "where's": "where is",
    "how's": "how is",
    "that's": "that is",
    "it's": "it is",
    "let's": "let us",
    "i'm": "i am",
    "i'd": "i would",
    "i've": "i have",
    "i'll": "i will",
    "we've": "we have",
    "we're": "we are",
    "there's": "there is",
    "here's": "here is",
    "whats": "what is",
    "wheres": "where is",
    "hows": "how is",
    "thats": "that is",
    "lets": "let us",
    "im": "i am",
    "ive": "i have",
    "dont": "don't",
    "gimme": "give me",
    "lemme": "let me",
    "u": "you",
    "ur": "your",
    "vid": "video",
    "vids": "videos",
}
"""What is written short, and for short, by people in a hurry."""

COMMON = _set(
    "please pls plz kindly can could would will may might i you we us me my our your the a an this that it is are am be"
    " to do does did hey hi hello nemo now just ok okay so then and also well right away quickly"
    " thanks thank thx want wanna need like let help for of in on at with as have has got get give"
    " if possible how where what go ahead ready yes yep yeah alright cool great perfect nice good looks awesome love"
    " think wonder wondering asap soon actually maybe was were should shall must some any one still tell know by up"
    " there them these those they here real when done lgtm yay yup yo bro dude lol omg btw haha buddy mate much lot kind guess hope ask question quick again finish today later back possible"
    " 请 请问 麻烦 帮 帮我 帮忙 给我 给 我 你 您 我们 想 想要 要 我要 我想 可以 能 能不能 可不可以 能否 一下 一个 一 个 吧 吗 呢 啊 了 的 嘛 呀 哦 好 好的 好了 行"
    " 谢谢 现在 就 把 这个 这 那个 它 是 怎么 如何 怎样 在 哪 哪里 哪儿 上 里 里面 来 还 下 先 马上 快 快点 么 也 再 我的 你的 有 还有 告诉 知道 刚才 最后 最终 一些 呗 啦 喽 哈 咯 噢 喔 哟 嗯"
)
"""Words that fit everywhere: politeness, questions, small words."""

CHATTER = COMMON | _set(
    "no problem problems worries fine done finished happy satisfied like liked loved amazing excellent"
    " job work ship sweet dope wonderful beautiful lovely brilliant super wow very much really video result movie way all everything"
    " exactly wanted hmm oh ah well"
    " 没问题 没 问题 就这样 这样 满意 不错 很好 很 太棒了 太 棒 完美 不用改了 不改了 视频 效果 喜欢 做得 非常 挺 真"
)
"""Words of what is said before a command: "looks great, export it"."""

EDITING = LazyPattern(
    r"\b(?:add|insert|put|place|make|making|create|build|design|change|replace|swap|remove|delete|trim|cut|crop"
    r"|set|turn|move|write|type|say|says|saying|caption|title|titled|called|text|words|subtitles?|overlay"
    r"|blur|highlight|animat\w+|zoom|fade|transition|effect|intro|outro|scene|screen|screenshot|poster"
    r"|after|before|until|unless|without|not|don't|never|only|instead|about|explain\w*|tutorial|ad|logo"
    r"|sticker|louder|quieter|faster|slower|shorter|longer|bigger|smaller|vertical|first|last|second"
    r"|speed|slow\w*|loop|reverse|mute|narrat\w+|voice\w*|darken|brighten|style|look|looks|like|shot|frames?|part|background"
    r"|youtube|tiktok|colou?rs?|music|animation|graphic|slogan|button|scroll\w*|roll\w*|end|opening|closing)\b"
    r"|加(?!载)|改|删|去掉|换|剪|调|做|放|写|移|拖|缩|延|裁|旋转|静音|标题|字幕|文字|两个字|贴纸|特效|动画|转场"
    r"|片头|片尾|变成|设|滤镜|按钮|别|不要|之前|之后|关于|介绍|讲|让|问|说|旁白|突出|模糊|那一?[块段]|排序|适合|发布|抖音|太|第[一二三四五\d]"
)
"""Words of editing: with one of them a text is for the agent, however plain the rest is."""

DECLINING = LazyPattern(
    r"^(?:(?:i|we|you|please|so|but|just|really) )*(?:don't|do not|no need (?:to|for)|no(?! (?:music|sound|text|titles?)\b)|not)\b"
    r"|^(?:先|请|暂时|我|也|都)*(?:不用|不要|不需要|不必|无需|别)"
)
"""Begins a clause that says what need not be done: "I don't need the status, just export it"."""

DECLINED = _set(
    "don't not no need yet anymore more further other changes change edits edit editing changed else bother anything"
    " 不用 不要 不需要 不必 无需 别 再 改 修改 编辑 调整 任何 其他 继续 着急 急"
)
"""Words of such a clause, beside those of the commands."""

LEADING = LazyPattern(r"^\s*(?:(?:but )?first\b|直接|先)[\s,]*")
"""Begins what is to be done before anything else."""

FORGIVEN_SHORT = _set("show send give tell list what check where")
"""Words of four letters and more in which two swapped letters are forgiven."""

REAL_WORDS = _set("expert expect report sport status state static stats")
"""Words that look like a slip of a keyword and are none."""

COMMANDS: dict[str, Command] = {
    "credits": _command(
        "credits credit balance quota 积分 余额 额度 点数",
        "points account billing remaining left still any enough available how many much check show see view"
        " tell know display find out low running run buy purchase top up more there export video another"
        " used spent spend will cost costs need needs each zero empty gone month today per does remain remains current total amount number wallet about"
        " 还剩 剩余 剩下 剩 多少 几 查 查询 查看 看 看看 看一下 显示 告诉 账户 账号 我的 有 还有 够 不够 还够 用完 用光 没 充值 购买 买 更多 总 可用 当前 足够"
        " 导出 视频 目前 知道 几个 钱",
        frames=(
            r"\bpoints (?:left|remaining)\b",
            r"\bleft (?:in|on) my (?:account|wallet)\b",
            r"(?:账户|账号) .*(?:多少|剩)",
        ),
        never=(
            r"^(?:please )?balance (?:it|this|that|the)\b",
            r"\bbalance it\b",
            r"give (?:me )?credit\b",
            r"\b(?!what |how )\w+ about\b",
            r"^(?:please )?credit (?:me|us|my|our|the)\b",
            r"\bbalance (?:between|of (?!my|the account|credits?))",
        ),
        plain=r"\bhow (?:many|much) credits? (?:(?:do|have|will|did|can|would) (?:i|we|you)\b|are (?:left|there|needed)|does (?:it|this|that|an?|the|one)\b|left|remain)"
        r"|\bcredits? (?:left|remaining)\b|\bout of credits\b"
        r"|\b(?:what is|check|show me|see|view|tell me) (?:my|the) (?:account |credit |current |remaining )*balance(?=$| (?:on|in my|left|now|right|please|pls|so|before|first)\b)"
        r"|(?:积分|余额|额度|点数)[^，。]{0,6}(?:多少|几|剩|够|吗|呢)(?!的)|(?:查|看|还剩|剩|多少|还有)[^，。]{0,6}(?:积分|余额|额度|点数|credits?)(?=$|[还有够是剩多了吗呢啊吧呀嘛呗]|可[以用]|情况|明细|一下)",
    ),
    "upload": _command(
        "upload uploading attach import 上传 传",
        "some more another new photo photos picture pictures image images pics pic clip clips video videos"
        " file files song songs music audio sound track folder these those all here one two three few"
        " media footage again too from computer desktop disk phone add use take project session url link"
        " other also own first adding attached attaching sending recording screenshot"
        " 这 这就是 以下 下面 文件 档案 照片 图片 视频 素材 音乐 音频 歌 歌曲 片段 几张 几个 张 段 一段 一张 这几张 这些 新的 新 更多 文件夹 本地 电脑 加 加上 加到 添加 用 加入 项目 点 一些 和",
        never=(
            r"\b(?:upload|import) to\b",
            r"\b(?:attach|import)\b.* to (?:the |my |this )?(?:clip|photo|picture|image|video|song|track)\b",
            _HAS_IT + r"upload",
            r"(?:上传|传) ?(?:了|过) ?(?:什么|哪些|多少|几)|上传 ?的 ?(?:是 ?)?(?:什么|哪些|文件)",
        ),
        plain=r"^(?:please |can (?:you|i) |could you |let me |i (?:want|need) to |i would like to )*upload(?:"
        r" (?:my|the|this|these|those|some|an?|another|more|all|our|two|three|\d+)\b(?! (?:date|time|speed|button|bar|progress|icon|arrow|counter)\b)"
        r"|(?: \w+){1,4} (?:photos?|pictures?|pics?|images?|videos?|clips?|files?|songs?|footage)$)"
        r"|^(?:请|帮我|我要|我想|再|麻烦)*上传(?!的|失败|前|中|日期|时间|者|量|到|按钮|进度|完成|成功)",
        takes_paths=True,
        is_implied_by_paths=True,
    ),
    "export": _command(
        "export download render save exporting downloading rendering 导出 导出来 下载 下载下来 渲染 输出 保存 存到",
        "video videos movie film clip project file files mp4 mov webm mp3 result whole final finished finalized cut version"
        " complete completed slideshow reel montage everything all done copy 1080p 720p 4k 2k 2160p hd fullhd full uhd"
        " high highest best max low medium lower higher quality resolution format fps 30fps 60fps h264 h.264"
        " computer desktop disk machine phone local locally laptop drive folder thing stuff one here send link give grab hand over"
        " time start begin again once from by make sure i'll am finally satisfied happy"
        " youtube tiktok instagram reels shorts facebook whatsapp email"
        " 视频 影片 短片 成片 成品 文件 结果 最终 本地 电脑 手机 到 成 为 出来 下来 格式 高清 画质 质量 最高 清晰 高 分辨率 发给 发 送 发来 发给我 发我 开始 完成 做好 满意 不错 做完 完整 版 项目 时间 mp4",
        frames=(
            r"\b(?:send|give|get|grab|have|hand|need|want|would like)(?: me| us| over)? (?:the|my|our|that)"
            r"(?: final| finished| complete| completed| full| whole)*"
            r" (?:video|movie|film|mp4|file|result|reel|slideshow|clip|link|copy|cut|version)(?: file)?\b",
            r"\b(?:send|give|hand) (?:it|this|that)(?: over)?(?: to (?:me|us)| over|$)",
            r"\bwhere is (?:the|my) (?:video|file|mp4|movie)\b",
            r"(?:发给我|发给 我|发我|发 给我)",
            r"(?:发给我|发给 我|发我|送|给我|发 给我|我要|要|想要).*(?:视频|成片|成品|文件|mp4)|(?:视频|成片|成品|文件|mp4).*(?:发给我|发给 我|发我|给我|发 给我)",
        ),
        never=(
            r"\b(?:a|an|another|one) (?:\w+ )?(?:video|movie|film|clip|slideshow|reel|montage)\b",
            r"一个 (?:视频|影片|短片)",
            r"\bsave (?:the )?(?:best|final) (?:clip|cut)\b",
            r"\bmake\b(?! sure)",
            r"\bto (?:play|begin|start)\b",
            _HAS_IT + r"(?:export|render|download)",
            _ASKS_HOW_FAR,
            r"\bto the (?:back|front|top|bottom|end|side)\b",
            r"\bsave time\b|\bin one\b",
            r"\b(?:need|want|like)\b.* for (?:youtube|tiktok|instagram|reels|shorts|facebook|whatsapp)\b",
        ),
        plain=r"^(?:please |can (?:you|i|we) |could you |let us |i (?:want|need) to |i would like to |ok |now )*"
        r"(?:export|download|render)(?: (?:it|this|that|(?:the|my|our) (?:final |finished |whole |full )*"
        r"(?:video|movie|film|project|file|result|reel|slideshow)))(?: (?:to(?! \w+ )|for|now|when (?:you|it is|ready|possible)|so)\b(?!.* (?:with|but)\b).*)?$"
        r"|^(?:请|帮我|麻烦|现在|可以|那就|直接|先|再|就|那)*(?:把)?(?:视频|成片|影片)?(?:导出|下载|渲染)(?:成|为|一下|这个|视频|影片|成片|成品|高清|文件|到|吧|了|啊|吗|呢)*$",
        takes_paths=True,
    ),
    "state": _command(
        "status state tracks timeline draft overview summary progress 状态 轨道 时间线 时间轴 进度 草稿 概况 概要 总览",
        "track project show list display see view print tell look check current currently far there which many"
        " long all everything contents content video movie clips happening going done finished yet latest"
        " update report existing render rendering export job upload uploads uploaded uploading files file photos images along go went through work worked succeed succeeded fail failed render exported rendered so still being still doing up where's so exactly overall short quick getting"
        " 看 看看 看一下 显示 查看 查 列出 列 当前 目前 有 有什么 什么 哪些 几 多少 内容 所有 全部 项目 视频 怎么样 怎样 到 哪一步 做 做到 做好 做完 完成 好 长 多长 什么情况 情况 样子 素材 成 什么样 条 都 渲染 导出 上传 传 过 完 成功 百分 之 文件 照片 图片 几张 张 更新 汇报",
        frames=(
            r"\b(?:what|show)\b.* (?:we|i|you|there)(?: \w+)? .*so far\b|\bso far$",
            r"\b(?:what|which|how many)\b.* (?:did|have) (?:i|we|you)\b.* upload(?:ed)?\b",
            _HAS_IT + r"(?:upload|export|render)",
            _ASKS_HOW_FAR,
            r"\b(?:show|list|see|view)\b(?: me)?(?: all)?(?: of)? (?:my|the|our) (?:uploads|uploaded)\b",
            r"(?:上传|传) ?(?:了|过) ?(?:什么|哪些|多少|几)|上传 ?的 ?(?:是 ?)?(?:什么|哪些|文件)",
            r"\bis (?:the|my|our) (?:video|movie|project|render|export|upload|file) (?:ready|done|finished)\b",
            r"\bis (?:it|everything) (?:ready|done|finished)(?: yet)?$",
            r"\bhow is (?:it|everything|(?:the|my) (?:video|render|export|upload)) (?:going|coming|doing)",
            r"\bhow far\b",
            r"\bhow long is (?:it|the video|the movie|my video)\b",
            r"\bwhat is in (?:the|my|this) (?:video|project)\b",
            r"\b(?:what|show me what) is (?:there|here)\b",
            r"\btrack list\b|\blist of (?:the )?tracks\b",
            r"项目 .*(?:怎么样|怎样|如何)",
            r"^where (?:are we|do we stand)\b",
            r"做 ?到 (?:哪|哪里|哪一步)|(?:视频|影片).*(?:做好|做完|完成|好 了|好了|情况)|视频 .*(?:多长)",
        ),
        plain=r"^(?:what|which|how many) (?:tracks|clips|titles|is on the timeline|do i have on the timeline)\b"
        r"|(?:状态|进度|时间线|时间轴|轨道|草稿)(?:上|里|都|现在|目前|当前|是|有|到|做到)*(?:怎么样|如何|什么|哪些|多少|几|吗|呢)"
        r"|(?:看|查|显示|列出|展示|告诉我?)(?:一下|我|下|的|当前|现在|目前|项目|视频|所有|全部|渲染|导出|整个)*(?:状态|进度|时间线|时间轴|轨道|草稿)$",
    ),
}
"""By the value of their intent; the order decides when two fit."""

CHINESE = frozenset(
    word
    for words in (CHATTER, DECLINED, *(command.words for command in COMMANDS.values()))
    for word in words
    if "\u3400" <= word[0] <= "\u9fff"
)
"""All Chinese words that a command knows."""
