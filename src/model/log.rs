//! The log of single interactions: transactions and false alarms, customer by customer (table `interactions`).

/// How an interaction came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The customer came to the firm with a need.
    Requested,
    /// The home firm detected the need, and the customer accepted.
    Detected,
    /// The home firm acted without a need.
    FalseAlarm,
}

impl Cause {
    /// What it is called in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Detected => "detected",
            Self::FalseAlarm => "false_alarm",
        }
    }

    /// How a transaction came about that the home firm began or did not begin.
    #[inline(always)]
    pub fn of_transaction(begun_by_firm: bool) -> Self {
        if begun_by_firm {
            Self::Detected
        } else {
            Self::Requested
        }
    }
}

/// One transaction or false alarm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interaction {
    /// The customer's number in the population.
    pub customer: u32,
    /// Period of the customer's arrival.
    pub arrived: u32,
    pub firm: u16,
    pub experience: u16,
    pub cause: Cause,
    /// Whether the customer was new to the firm.
    pub first: bool,
    /// NaN for a false alarm, as is the price.
    pub price: f32,
    pub fit: f32,
    pub wtp: f32,
    /// Knowledge index before.
    pub knowledge: f32,
}

/// What a block's customers did in the current period, of those whom somebody asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    /// Customers of the population who are followed: those with smaller numbers.
    customers: u32,
    /// At most one for a customer: who has a need suffers no false alarm. In no order.
    interactions: Vec<Interaction>,
    /// The same in the order of the customers, and where each of these has its own.
    sorted: Vec<Interaction>,
    places: Vec<u32>,
}

impl Log {
    /// A log of the first `customers` of each population.
    pub fn new(customers: u32) -> Self {
        Self {
            customers,
            ..Self::default()
        }
    }

    /// Whether the customer with this number is followed.
    #[inline(always)]
    pub fn follows(&self, number: u32) -> bool {
        number < self.customers
    }

    /// Whether anybody is followed.
    pub fn is_kept(&self) -> bool {
        self.customers > 0
    }

    /// Takes in an interaction of a customer who is followed.
    pub fn add(&mut self, interaction: Interaction) {
        self.interactions.push(interaction);
    }

    /// Starts a new period.
    pub fn clear(&mut self) {
        self.interactions.clear();
    }

    /// The interactions of the period, in the order of the customers.
    pub fn in_order(&mut self) -> &[Interaction] {
        let customers = || self.interactions.iter().map(|it| it.customer);
        let (Some(first), Some(last)) = (customers().min(), customers().max()) else {
            return &[];
        };
        // customers of a block are few: a place for each of them, counted from 1, is faster than to sort
        self.places.clear();
        self.places.resize((last - first) as usize + 1, 0);
        for (place, customer) in (1..).zip(customers()) {
            self.places[(customer - first) as usize] = place;
        }
        let mut count = 0;
        for customer in 0..self.places.len() {
            // no branch on who has one
            self.places[count] = self.places[customer];
            count += usize::from(self.places[count] > 0);
        }
        let places = self.places[..count].iter();
        self.sorted.clear();
        self.sorted
            .extend(places.map(|&place| self.interactions[place as usize - 1]));
        &self.sorted
    }
}

impl Interaction {
    /// What the transaction was worth.
    pub fn is_of_value(&mut self, price: f32, fit: f32, wtp: f32, first: bool) {
        (self.price, self.fit, self.wtp, self.first) = (price, fit, wtp, first);
    }
}
