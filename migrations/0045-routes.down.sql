DROP TABLE route;
DROP TABLE route_choice;
DROP TABLE locality_version;
