/** Answers to a request for information: the shortest, and one with everything. All people are fictional. */
export const ANSWER_EXAMPLES = {
  nothingKnown: {
    summary: 'Nothing is known',
    value: { kind: 'nothing_known', handling: 'may_share_with_family' },
  },
  known: {
    summary: 'Something is known',
    value: {
      kind: 'known',
      words: 'Two reports in 2025, both of shouting at night. No child was hurt.',
      leadWorker: 'PC Amos Tully',
      lastContactOn: '2025-10-02',
      handling: 'receiving_service',
    },
  },
} as const;

/** What an agency adds to a referral of its own. All people are fictional. */
export const INFORMATION_EXAMPLES = {
  information: {
    summary: 'Something new',
    value: {
      kind: 'information',
      words: 'Maya told her teacher today that she slept at an aunt’s since Friday.',
      saidBy: 'Bernadette Owusu-Lacey, health visitor',
    },
  },
  correction: {
    summary: 'A field that was sent wrong',
    value: {
      kind: 'correction',
      pointer: '/children/0/dateOfBirth',
      value: '2019-05-15',
      words: 'The register of the school has the 15th.',
      saidBy: 'Bernadette Owusu-Lacey, health visitor',
    },
  },
} as const;

export const WITHDRAWAL_EXAMPLES = {
  withdrawal: {
    summary: 'The agency withdraws',
    value: {
      reason: 'The referral was of another child of the same name.',
      saidBy: 'Bernadette Owusu-Lacey, health visitor',
    },
  },
} as const;

/** A referral with no more than it must have, and one with most of what it may have. All people are fictional. */
export const REFERRAL_EXAMPLES = {
  shortest: {
    summary: 'No more than a referral must have',
    value: {
      referrer: { name: 'Bernadette Owusu-Lacey', role: 'Health visitor' },
      immediateDanger: false,
      concern: {
        types: ['neglect'],
        summary: 'Maya came to school without a coat for the third day and said there was no food at home.',
        source: 'first_hand',
      },
      children: [{ firstName: 'Maya', lastName: 'Marsden-Pyke', estimatedAge: 7 }],
      parentsInformed: { informed: 'unknown' },
      agreement: { status: 'not_sought', notSoughtReason: 'The school has not met the parents yet.' },
    },
  },
  fuller: {
    summary: 'A referral with more of what the sender knows',
    value: {
      senderReference: 'HV-26-11-04417',
      reportedAt: '2026-11-20T10:35:00Z',
      referrer: {
        name: 'Bernadette Owusu-Lacey',
        role: 'Health visitor',
        phone: '0161 496 0112',
        email: 'b.owusu-lacey@tameway.example.org',
        relationshipToChild: 'Saw the child at a home visit',
      },
      immediateDanger: false,
      concern: {
        types: ['neglect', 'housing_or_money'],
        indicators: ['disclosure_by_child'],
        summary: 'At a home visit Maya told me that there had been no dinner for two days. The flat was cold.',
        source: 'disclosed_by_child',
        occurredAt: '2026-11-20',
        location: 'Family home',
      },
      children: [
        {
          firstName: 'Maya',
          lastName: 'Marsden-Pyke',
          dateOfBirth: '2019-05-14',
          sex: 'F',
          ethnicity: 'WBRI',
          disabilities: ['HEAR'],
          nhsNumber: '999 049 1321',
          address: { line1: '14 Loomfold Street', town: 'Ashton-under-Lyne', postcode: 'OL6 9ZZ' },
          schoolOrSetting: 'Loomgate Primary School',
          interpreterNeeded: false,
        },
      ],
      adults: [{ name: 'Shannon Marsden', relationship: 'Mother', livesWithChild: 'yes', phone: '07700 900114' }],
      parentsInformed: { informed: 'yes', views: 'Her mother asked for help with food.' },
      agreement: { status: 'given', givenBy: 'Shannon Marsden, mother', evidence: 'verbal' },
      childsVoice: { sought: 'yes', words: 'I am always hungry.' },
      otherAgencies: [{ name: 'Loomgate Surgery', role: 'General practice of the family' }],
      thresholdLevel: 3,
    },
  },
} as const;

export const ATTACHMENT_EXAMPLES = {
  bodyMap: {
    summary: 'A PDF that comes in two parts',
    value: {
      name: 'Body map 20 November.pdf',
      mediaType: 'application/pdf',
      size: 1_310_720,
      sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      saidBy: 'Bernadette Owusu-Lacey, health visitor',
      description: 'Body map of the bruises that I saw on 20 November.',
    },
  },
};

export const ENDPOINT_EXAMPLES = {
  endpoint: {
    summary: 'Where a records system is told',
    value: { address: 'https://records.example.org/mash/events' },
  },
} as const;
