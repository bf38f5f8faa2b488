-- A person who breaks the glass says why in their own words, and so does an auditor who opens a record.
CREATE POLICY staff ON glass_broken TO mash_staff USING (broken_by = mash.acting() OR (
  (SELECT role IN ('manager', 'service_manager', 'head_of_service') FROM staff_member WHERE id = mash.acting())
  AND NOT EXISTS (SELECT FROM restricted_referral covered JOIN restriction r ON r.id = covered.restriction_id AND r.ended_at IS NULL
    JOIN restriction_bar b ON b.restriction_id = r.id AND b.staff_id = mash.acting() AND b.ended_at IS NULL
    WHERE covered.referral_id = glass_broken.referral_id))) WITH CHECK (true);
ALTER TABLE glass_broken ENABLE ROW LEVEL SECURITY;
SELECT mash.wall('audit_opening', 'referral_id'), mash.wall_beside('glass_review', 'glass_id', 'glass_broken');

-- A note of a hand-over says which referral it is about. One that is about none names no child.
ALTER TABLE handover_note ADD referral_id uuid CONSTRAINT handover_note_referral_id_fkey REFERENCES referral (id);
CREATE INDEX handover_note_referral_idx ON handover_note (referral_id) WHERE referral_id IS NOT NULL;
SELECT mash.wall('handover_note', 'referral_id');

-- Of other people than its own an agency reads those who asked it for information, and those who acted for it and have left it.
CREATE FUNCTION mash.acting_partner() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT agency_id FROM staff_member WHERE id = mash.acting() AND role = 'partner'
$$;
CREATE FUNCTION mash.known_to_agency(agency uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT asked_by FROM information_request WHERE agency_id = agency
  UNION SELECT c.chased_by FROM information_chase c JOIN information_request q ON q.id = c.request_id WHERE q.agency_id = agency
  UNION SELECT a.answered_by FROM information_answer a JOIN information_request q ON q.id = a.request_id WHERE q.agency_id = agency
  UNION SELECT taken_by FROM referral WHERE agency_id = agency AND channel = 'agency_form'
$$;
ALTER TABLE staff_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON staff_member TO mash_staff USING ((SELECT mash.acting()) IS NOT NULL
  AND ((SELECT mash.acting_partner()) IS NULL OR agency_id = (SELECT mash.acting_partner())
    OR id IN (SELECT mash.known_to_agency((SELECT mash.acting_partner()))))) WITH CHECK (true);
CREATE POLICY agency ON staff_member TO mash_agency USING (agency_id = mash.acting() OR id IN (SELECT mash.known_to_agency((SELECT mash.acting()))))
  WITH CHECK (true);
