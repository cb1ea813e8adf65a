from heli.blocks.services import household_codes


def test_a_large_block_gives_no_number_twice(village):
    codes = household_codes(village.block, 20_000)
    assert len(set(codes)) == 20_000
    assert {len(code.partition("-")[2]) for code in codes[9_000:]} == {5}
