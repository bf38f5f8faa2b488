DROP TABLE client_invitation;
