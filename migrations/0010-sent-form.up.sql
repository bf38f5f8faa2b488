-- A form of the console is sent once: this table knows every form that was sent and has done its work.
CREATE TABLE sent_form (
  id uuid NOT NULL PRIMARY KEY,
  sent_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  kind text NOT NULL CONSTRAINT sent_form_kind CHECK (length(kind) BETWEEN 1 AND 40),
  -- SHA-256 of what was typed. Empty where that is not known: the form was sent before this migration.
  fingerprint bytea NOT NULL,
  -- The answer to the first sending. NULL where this kind of form gets none.
  answer jsonb,
  -- The id of the referral or the other thing that the form is about.
  about uuid,
  sent_at timestamptz NOT NULL
);
CREATE INDEX sent_form_sent_idx ON sent_form (sent_at);
-- A row is never changed. It may be deleted once it is so old that nobody sends its form again.
CREATE TRIGGER append_only BEFORE UPDATE ON sent_form
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A form that was sent before this migration stays sent. Where several records name the same form, the first counts.
INSERT INTO sent_form (id, sent_by, kind, fingerprint, answer, about, sent_at)
SELECT DISTINCT ON (id) id, sent_by, kind, fingerprint, answer, about, sent_at
FROM (
  SELECT form_id::text AS form, decided_by AS sent_by, 'decision' AS kind, ''::bytea AS fingerprint,
    jsonb_build_object('signOff', to_jsonb(sign_off_reasons)) AS answer, referral_id AS about, decided_at AS sent_at
  FROM decision
  WHERE form_id IS NOT NULL
  UNION ALL
  SELECT details->>'formId', actor_id, CASE act WHEN 'referral.rated' THEN 'rating' ELSE 'sign-off' END, '', NULL,
    referral_id, at
  FROM audit_entry
  WHERE act IN ('referral.rated', 'decision.agreed', 'decision.returned') AND details ? 'formId'
    AND actor_kind = 'staff' AND actor_id IN (SELECT id FROM staff_member)
  UNION ALL
  SELECT id::text, given_by, 'consultation', '', NULL, id, given_at
  FROM consultation
  UNION ALL
  -- Where the hub itself took a referral down, the key is the form's id.
  SELECT k.key, r.taken_by, 'referral', k.fingerprint, k.answer, k.referral_id, k.created_at
  FROM idempotency_key k JOIN referral r ON r.id = k.referral_id
  WHERE r.taken_by IS NOT NULL
) sent
CROSS JOIN LATERAL (
  -- A key may be any text: only the form's id is a UUID.
  SELECT CASE WHEN form ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN form::uuid END AS id
) as_uuid
WHERE id IS NOT NULL
ORDER BY id, sent_at, kind, sent_by, about;
