from assistant.quantities.extract import extract


def test_reads_the_figures_of_a_plain_sentence():
    read = extract("共检查企业56家次，下发整改通知书23份。")
    assert [(quantity.surface, quantity.is_claim) for quantity in read] == [("56家次", True), ("23份", True)]
