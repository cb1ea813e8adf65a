from tests.architecture.sources import files, lines_with, name

# domain: words of a siege have no place where people are asked for their consent, and nobody is scored or ranked.
NEVER = "钉子户|拔钉|攻坚|清零|破冰|剩余户|未签户|拆迁对象|积分|排名"
EMPTY = "暂无数据|系统异常|请务必|数据已被修改"


def test_no_page_and_no_demonstration_uses_a_word_that_hurts():
    """If this fails: say 征迁户, 尚在商议, 尚未达成一致; of helpers say what they did, never how many points."""
    said = files(".html", ".txt", ".po", ".py", ".json", ".csv", ".toml", under="heli")
    assert lines_with(NEVER, said) == []


def test_pages_speak_as_people_do():
    """If this fails: say what is here or what happened, what is kept, what to do next and whom to call."""
    assert lines_with(EMPTY, files(".html", ".py", under="heli")) == []


def test_english_pages_say_neither_demolition_target_nor_ranking():
    """If this fails: use the English words of the glossary: household, not agreed yet, not yet settled."""
    wrong = r"(?i)msgstr.*\b(nail house|holdouts?|refuseniks?|ranking|leaderboard|points|targets?|relocatees?)\b"
    assert lines_with(wrong, files(".po", under="heli")) == []


def test_no_model_has_a_place_for_attitude_religion_or_a_relatives_employer():
    """If this fails: take the field out. What is not kept cannot be used to press somebody."""
    models = [path for path in files(".py", under="heli") if path.stem == "models"]
    wrong = r"(?i)^\s+\w*(attitude|religion|faith|sex|gender|employer|stance|difficulty_level)\w* = models\."
    assert [name(path) for path in models] != []
    assert lines_with(wrong, models) == []
