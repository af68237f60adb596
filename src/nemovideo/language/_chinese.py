"""Traditional characters of the vocabulary, read as the simplified ones."""

from __future__ import annotations

_TRADITIONAL = (
    "導匯載傳積餘額點數狀態進視頻輸顯時間軸軌現圖編輯預覽開關閉擊單雙選項鈕標籤欄側邊頁設計帳賬戶訂閱級鏡頭畫聲樂調講讓問說個幾這們請嗎幫還給發來麼沒"
    "剛場轉換長滿兩結對寫於動靜變縮貼紙濾後將並從為樣會員隨檢錄屬庫條過裡買體夠別號訴機煩確終紹細線腦觀觸認詞話詢謝質購費輕適錢錯鍵題驟馬頂擇報總歡當況檔"
)
_SIMPLIFIED = (
    "导导载传积余额点数状态进视频输显时间轴轨现图编辑预览开关闭击单双选项钮标签栏侧边页设计账账户订阅级镜头画声乐调讲让问说个几这们请吗帮还给发来么没"
    "刚场转换长满两结对写于动静变缩贴纸滤后将并从为样会员随检录属库条过里买体够别号诉机烦确终绍细线脑观触认词话询谢质购费轻适钱错键题骤马顶择报总欢当况档"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a text of the same length in simplified characters."""
    return text.translate(_TABLE)
