"""Whatever is being done for a client: the case, its promises with their clock, and who has them
now.

Words: обещание Promise, у кого Holder, момент истины Moment, перерыв Pause, сверх правил Deviation,
объяснение Explanation. Neighbours: below are
clients and people; outreach and the domains stand above.
"""
