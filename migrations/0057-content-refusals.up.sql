-- What browsers refused to load or run on a page of the console, because the page's policy does not let them: counted by day.
CREATE TABLE content_refusal (
  day date NOT NULL,
  directive text NOT NULL,
  blocked text NOT NULL,
  page text NOT NULL,
  count integer NOT NULL,
  CONSTRAINT content_refusal_pkey PRIMARY KEY (day, directive, blocked, page)
);
