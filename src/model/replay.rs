//! What happened to customers in a period, as far as another world can have it happen again (section 8 of the model).

/// How a need became known, as bits of a byte: what [`super::kernel`] decides for all needs at once.
pub(super) mod aware {
    /// The customer would notice it unaided.
    pub const UNAIDED: u8 = 1;
    /// The home firm detects it.
    pub const DETECTED: u8 = 2;
    /// Should the home firm detect it, the customer accepts.
    pub const ACCEPTS: u8 = 4;
    /// Should the customer decline, the customer cancels.
    pub const CANCELS: u8 = 8;

    /// The home firm detects the need and serves it.
    #[inline(always)]
    pub fn served_at_home(course: u8) -> bool {
        course & (DETECTED | ACCEPTS) == DETECTED | ACCEPTS
    }

    /// The home firm detects the need and is turned down.
    #[inline(always)]
    pub fn declined(course: u8) -> bool {
        course & (DETECTED | ACCEPTS) == DETECTED
    }

    /// The home firm is turned down, and the customer cancels.
    #[inline(always)]
    pub fn cancels(course: u8) -> bool {
        declined(course) & (course & CANCELS != 0)
    }

    /// The customer knows the need and chooses a firm.
    #[inline(always)]
    pub fn chooses(course: u8) -> bool {
        declined(course) | (course & (DETECTED | UNAIDED) == UNAIDED)
    }
}

/// What happened to the customers of a block in a period, all in the order of the customers.
///
/// Turnover, drift and needs are not part of it: they are draws, the same in all worlds.
#[derive(Debug, Clone, Default)]
pub(super) struct Replay {
    /// By need: how it became known, see [`aware`].
    pub courses: Vec<u8>,
    /// By need: the firm that served it, or none.
    pub servers: Vec<u16>,
    /// By need: in which experience it was served; of no meaning where nobody served it.
    pub experiences: Vec<u16>,
    /// What firms did without a need.
    pub alarms: Vec<Alarm>,
}

/// The home firm acted without a need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alarm {
    /// Position of the customer in the block.
    pub customer: u32,
    pub experience: u16,
    /// Whether the customer cancelled.
    pub cancels: bool,
}

/// What became of one need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fate {
    pub course: u8,
    pub server: u16,
    pub experience: usize,
}

impl Replay {
    /// From the first customer on.
    pub fn again(&self) -> Again<'_> {
        Again {
            replay: self,
            needs: 0,
            alarms: 0,
        }
    }

    /// Starts a new period.
    pub fn clear(&mut self) {
        self.courses.clear();
        self.servers.clear();
        self.experiences.clear();
        self.alarms.clear();
    }

    /// Takes in a need.
    pub fn add(&mut self, course: u8, server: u16, experience: u16) {
        self.courses.push(course);
        self.servers.push(server);
        self.experiences.push(experience);
    }
}

/// A replay on its way from customer to customer.
#[derive(Debug)]
pub(super) struct Again<'a> {
    replay: &'a Replay,
    needs: usize,
    alarms: usize,
}

impl<'a> Again<'a> {
    /// The next need.
    pub fn need(&mut self) -> Fate {
        let n = self.needs;
        self.needs += 1;
        Fate {
            course: self.replay.courses[n],
            server: self.replay.servers[n],
            experience: self.replay.experiences[n].into(),
        }
    }

    /// The false alarm of customer i, if there was one; customers come in order.
    pub fn alarm(&mut self, i: usize) -> &'a [Alarm] {
        let left = &self.replay.alarms[self.alarms..];
        let own = usize::from(
            left.first()
                .is_some_and(|alarm| alarm.customer as usize == i),
        );
        self.alarms += own;
        &left[..own]
    }
}
