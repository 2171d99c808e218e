"""What the tests of whole sheets share."""

YEAR = "清河镇2024年安全检查台账"
HEAD = ["序号", "检查日期", "检查单位数（家次）", "出动人员（人次）"]


def numbers(values):
    return {key: int(value) for key, value in values.items()}
