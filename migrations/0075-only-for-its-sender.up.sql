-- Of a restricted referral the people of its agency read where it stands; the words are for the person who sent them.
CREATE FUNCTION mash.is_restricted(referral uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM restricted_referral covered JOIN restriction r ON r.id = covered.restriction_id
    WHERE covered.referral_id = $1 AND r.ended_at IS NULL)
$$;
