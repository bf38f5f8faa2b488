-- An agency finds its own referral by its own case number.
CREATE INDEX referral_sender_reference_idx ON referral (agency_id, (submitted->>'senderReference'), received_at)
  WHERE submitted->>'senderReference' IS NOT NULL;
