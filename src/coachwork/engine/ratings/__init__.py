"""Levels from ratings: the many-facet partial credit model with severity, halo and time.

    from coachwork.engine.ratings import calibration, yardstick
    from coachwork.engine.ratings.ratings import ratings

    given = ratings(clients=[...], items=[...], answers=[...], raters=[...], kinds=[...], steps=4)
    found = calibration.calibrate(given)                 # now and then, over everybody
    skill = yardstick.Yardstick(found.scale).skill(      # at once, for one client
        [yardstick.Sitting("peer", "pia", day, {"listens": 3})], at=[day]
    )

A rater's view of a client is slope * (skill - severity - bias between the two) + halo of the
sitting; the answers follow the partial credit model from that view. Fitted by expectation
propagation and EM. Everything is in logits until `levels` puts it on the scale from 1 to 5; all
times are day numbers, and chance is an argument. Errors are RatingsError. NumPy is all it needs;
for many small jobs on one machine, run it with one BLAS thread (OPENBLAS_NUM_THREADS=1).

`partial_credit` answers and information  `ratings` what comes in      `settings` priors
`calibration` learning a scale            `yardstick` one client, now  `course` skills in time
`levels` levels, changes                  `own_view` blind spots       `fit` diagnostics
`classical` as other programs have it     `simulated` people who do not exist
"""
