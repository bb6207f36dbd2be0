"""What tools/past.py writes of two tables."""

import unittest

import past


def gpu(name, price="", watts=""):
    return {"name": name, "usd_hr_typical": price, "watts": watts}


class Differences(unittest.TestCase):
    def test_a_changed_cell_is_written_as_it_was(self):
        lines = past.differences("gpus", [gpu("L4", "0.5")], [gpu("L4", "0.6")])
        self.assertEqual(lines, [("gpus", "L4", "usd_hr_typical", "0.5")])

    def test_a_column_that_is_new_was_blank(self):
        then = [{"name": "L4", "usd_hr_typical": "0.5"}]
        lines = past.differences("gpus", then, [gpu("L4", "0.5", "72")])
        self.assertEqual(lines, [("gpus", "L4", "watts", "")])

    def test_a_row_that_is_new_is_one_line_and_a_row_that_is_gone_is_written_with_its_place(self):
        lines = past.differences("gpus", [gpu("L4"), gpu("T4", "0.2")], [gpu("L4"), gpu("B300", "6")])
        self.assertEqual(
            lines,
            [("gpus", "B300", "", ""), ("gpus", "T4", "#", "1"), ("gpus", "T4", "name", "T4"), ("gpus", "T4", "usd_hr_typical", "0.2")],
        )

    def test_another_order_and_a_repeated_key_are_refused(self):
        for then in ([gpu("T4"), gpu("L4")], [gpu("L4"), gpu("L4")]):
            with self.assertRaises(ValueError):
                past.differences("gpus", then, [gpu("L4"), gpu("T4")])

    def test_the_key_of_a_price_without_a_day_is_its_model(self):
        self.assertEqual(past.key_of("price_changes", {"model_id": "m", "valid_from": ""}), "m")


if __name__ == "__main__":
    unittest.main()
