DROP TABLE edge_of_care_event;
DROP TABLE edge_of_care_plan;
