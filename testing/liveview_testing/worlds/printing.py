"""tmp printing of tests for failures here"""
def test_of(sim, player, followed, error): return ""
