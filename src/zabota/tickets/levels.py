"""What a firm begins with: kinds of requests, and how fast each priority is answered and solved."""

# (slug, Russian, English, what it is for in both, priority, position)
TYPES = (
    ("question", "Вопрос", "Question", "Узнать, уточнить, посоветоваться",
     "To ask, to clarify, to take advice", "normal", 1),
    ("problem", "Что-то не так", "Something is wrong", "Не работает, не пришло, не то",
     "Does not work, did not come, is not what it should be", "high", 2),
    ("complaint", "Жалоба", "Complaint", "Вами или для вас сделано плохо — мы хотим это знать",
     "We did badly, and want to know it", "urgent", 3),
    ("suggestion", "Предложение", "Suggestion", "Как нам стать лучше",
     "How we can become better", "low", 4),
)  # fmt: skip

# (priority, working minutes to the first reply, working minutes to the end)
LEVELS = (
    ("urgent", 30, 4 * 60),
    ("high", 60, 8 * 60),
    ("normal", 4 * 60, 24 * 60),
    ("low", 8 * 60, 80 * 60),
)
