DROP INDEX referral_opened_idx;
DROP TABLE recomputation;
DROP TABLE month_figure;
DROP TABLE day_close;
DROP TABLE referral_fact;
