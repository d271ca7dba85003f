"""What a firm begins with: kinds of requests, and how fast each priority is answered and solved."""

# (slug, Russian, English, what it is for in both, priority, position)
TYPES = (
    ("question", "Вопрос", "Question", "узнать, уточнить, посоветоваться",
     "to ask, to clarify, to take advice", "normal", 1),
    ("problem", "Что-то не так", "Something is wrong", "не работает, не пришло, пришло не то",
     "does not work, did not come, is not what it should be", "high", 2),
    ("complaint", "Жалоба", "Complaint", "мы поступили плохо, и об этом должны узнать у нас",
     "we did badly, and our people should know", "urgent", 3),
    ("suggestion", "Предложение", "Suggestion", "как нам стать лучше",
     "how we can become better", "low", 4),
)  # fmt: skip

# (priority, working minutes to the first reply, working minutes to the end)
LEVELS = (
    ("urgent", 30, 4 * 60),
    ("high", 60, 8 * 60),
    ("normal", 4 * 60, 24 * 60),
    ("low", 8 * 60, 80 * 60),
)

# Working minutes from one word of a person to the next, while a request goes on.
NEWS = {"urgent": 2 * 60, "high": 4 * 60, "normal": 8 * 60, "low": 40 * 60}
