from assistant.quantities.extract import extract
from assistant.quantities.mask import MARK, mask


def test_figures_and_dates_are_hidden_and_names_stay() -> None:
    text = "2023年，按照“一岗双责”要求检查企业205家次，整改率98.2%，投入3.6万元；每月巡查不少于2次。"
    masked = mask(text)
    assert masked == f"{MARK}，按照“一岗双责”要求检查企业{MARK}，整改率{MARK}，投入{MARK}；每月巡查{MARK}。"


def test_a_masked_text_has_no_figure_left() -> None:
    masked = mask("共排查96处，整改93处，未发生事故；召开会议XX次。")
    assert [quantity for quantity in extract(masked) if quantity.is_claim and quantity.surface != "未发生"] == []


def test_a_text_without_figures_stays_as_it_is() -> None:
    assert mask("一级抓一级，层层抓落实。") == "一级抓一级，层层抓落实。"
