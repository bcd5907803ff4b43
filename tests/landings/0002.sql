-- A small installation as the second landing left it. Written by SQLite's own dump; not to be edited.
BEGIN TRANSACTION;
CREATE TABLE absence (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	CONSTRAINT pk_absence PRIMARY KEY (id), 
	CONSTRAINT ck_absence_some_days CHECK (ends_on is null or ends_on > starts_on), 
	CONSTRAINT fk_absence_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "absence" VALUES(1,3,'2026-11-02','2026-11-30');
CREATE TABLE accessibility_report (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	about VARCHAR(20) NOT NULL, 
	what TEXT NOT NULL, 
	page VARCHAR(200), 
	contact VARCHAR(200), 
	language VARCHAR(200) NOT NULL, 
	sent_at DATETIME NOT NULL, 
	answer_by DATE NOT NULL, 
	handled_at DATETIME, 
	handled_by_id INTEGER, 
	CONSTRAINT pk_accessibility_report PRIMARY KEY (id), 
	CONSTRAINT fk_accessibility_report_handled_by_id_person FOREIGN KEY(handled_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_accessibility_report_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE, 
	CONSTRAINT ck_accessibility_report_about CHECK (about IN ('fault', 'easy-read', 'aloud', 'paper', 'signed', 'other'))
);
INSERT INTO "accessibility_report" VALUES(1,1,'aloud','Modul 1',NULL,'amina@sundby.example','sv','2026-11-22 10:00:00.000000','2026-11-27',NULL,NULL);
CREATE TABLE accessibility_statement (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	changed_at DATETIME NOT NULL, 
	published_at DATETIME, 
	service VARCHAR(200), 
	conformance VARCHAR(20), 
	tested VARCHAR(20), 
	tester VARCHAR(200), 
	method TEXT, 
	tested_on DATE, 
	launched_on DATE, 
	address VARCHAR(200), 
	phone VARCHAR(200), 
	answer_days INTEGER, 
	CONSTRAINT pk_accessibility_statement PRIMARY KEY (id), 
	CONSTRAINT fk_accessibility_statement_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE, 
	CONSTRAINT ck_accessibility_statement_conformance CHECK (conformance IN ('full', 'partial', 'none')), 
	CONSTRAINT ck_accessibility_statement_judged CHECK (tested IN ('own', 'external', 'both', 'estimated'))
);
INSERT INTO "accessibility_statement" VALUES(1,1,'2026-11-22 10:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "accessibility_statement" VALUES(2,1,'2026-11-22 10:00:00.000000','2026-11-22 10:00:00.000000','Utbildningen','partial','own',NULL,'Vi gick igenom sidorna med tangentbord.','2026-11-18','2026-11-01','webb@sundby.example','0970-111 11',5);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE campaign (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	starts_on DATE NOT NULL, 
	due_days INTEGER NOT NULL, 
	days_between INTEGER NOT NULL, 
	valid_days INTEGER, 
	created_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_campaign PRIMARY KEY (id), 
	CONSTRAINT fk_campaign_course_id_course FOREIGN KEY(course_id) REFERENCES course (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_campaign_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
);
INSERT INTO "campaign" VALUES(1,1,1,'Hösten 2026','2026-10-05',60,7,NULL,'2026-11-03 13:50:00.000000',NULL);
INSERT INTO "campaign" VALUES(2,2,1,'Hösten 2026','2026-10-05',60,7,NULL,'2026-11-03 13:50:00.000000',NULL);
CREATE TABLE campaign_module (
	campaign_id INTEGER NOT NULL, 
	module_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_campaign_module PRIMARY KEY (campaign_id, module_id), 
	CONSTRAINT fk_campaign_module_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE CASCADE, 
	CONSTRAINT fk_campaign_module_module_id_module FOREIGN KEY(module_id) REFERENCES module (id) ON DELETE RESTRICT
);
INSERT INTO "campaign_module" VALUES(1,1,1);
INSERT INTO "campaign_module" VALUES(1,2,2);
INSERT INTO "campaign_module" VALUES(2,1,1);
INSERT INTO "campaign_module" VALUES(2,2,2);
CREATE TABLE campaign_unit (
	campaign_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	CONSTRAINT pk_campaign_unit PRIMARY KEY (campaign_id, unit_id), 
	CONSTRAINT fk_campaign_unit_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE CASCADE, 
	CONSTRAINT fk_campaign_unit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id) ON DELETE RESTRICT
);
INSERT INTO "campaign_unit" VALUES(1,1);
INSERT INTO "campaign_unit" VALUES(1,4);
INSERT INTO "campaign_unit" VALUES(1,5);
INSERT INTO "campaign_unit" VALUES(2,6);
CREATE TABLE completion (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	module_id INTEGER NOT NULL, 
	revision_id INTEGER NOT NULL, 
	completed_at DATETIME NOT NULL, 
	completed_on DATE NOT NULL, 
	how VARCHAR(20) NOT NULL, 
	by_person_id INTEGER, 
	corrects_id INTEGER, 
	reason VARCHAR(200), 
	once VARCHAR(200), 
	CONSTRAINT pk_completion PRIMARY KEY (id), 
	CONSTRAINT ck_completion_correction_corrects CHECK ((how = 'correction') = (corrects_id is not null)), 
	CONSTRAINT fk_completion_by_person_id_person FOREIGN KEY(by_person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_completion_corrects_id_completion FOREIGN KEY(corrects_id) REFERENCES completion (id) ON DELETE CASCADE, 
	CONSTRAINT fk_completion_module_id_module FOREIGN KEY(module_id) REFERENCES module (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_completion_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_completion_revision_id_revision FOREIGN KEY(revision_id) REFERENCES revision (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_completion_once UNIQUE (once), 
	CONSTRAINT ck_completion_how CHECK (how IN ('link', 'meeting', 'certificate', 'correction'))
);
INSERT INTO "completion" VALUES(1,2,1,1,'2026-11-03 13:50:00.000000','2026-11-03','link',NULL,NULL,NULL,'2:1:0');
CREATE TABLE course (
	id INTEGER NOT NULL, 
	organisation_id INTEGER, 
	"key" VARCHAR(200) NOT NULL, 
	title JSON NOT NULL, 
	description JSON NOT NULL, 
	days_between INTEGER NOT NULL, 
	published_at DATETIME, 
	CONSTRAINT pk_course PRIMARY KEY (id), 
	CONSTRAINT fk_course_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_course_organisation_id_key UNIQUE (organisation_id, "key")
);
INSERT INTO "course" VALUES(1,NULL,'liten','{"sv": "Liten kurs"}','{"sv": "Tv\u00e5 moduler."}',7,'2026-11-03 13:50:00.000000');
CREATE TABLE "credential" (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	generation INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT pk_credential PRIMARY KEY (id), 
	CONSTRAINT uq_credential_key UNIQUE ("key"), 
	CONSTRAINT fk_credential_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT ck_credential_credentialkind CHECK (kind IN ('link', 'slip', 'sign-in', 'confirmation'))
);
INSERT INTO "credential" VALUES(1,1,'link','YuTizPZZieiS71Jn0MdtbQ',1,'2026-11-03 13:50:00.000000','2027-11-03 13:50:00.000000',NULL,NULL);
INSERT INTO "credential" VALUES(2,2,'link','LVfbakvTfExj_SnkscLUhA',1,'2026-11-03 13:50:00.000000','2027-11-03 13:50:00.000000',NULL,NULL);
INSERT INTO "credential" VALUES(3,3,'link','nWAFKHayvbuY8NUyAQw47A',1,'2026-11-03 13:50:00.000000','2027-11-03 13:50:00.000000',NULL,NULL);
INSERT INTO "credential" VALUES(4,4,'link','kA_K4JT2JfSw9mJIDlLRvA',1,'2026-11-03 13:50:00.000000','2027-11-03 13:50:00.000000',NULL,NULL);
INSERT INTO "credential" VALUES(5,2,'confirmation','q8fJ2mT0aXwVbYk5nRzS1g',1,'2026-11-22 10:00:00.000000','2026-11-22 10:15:00.000000',NULL,NULL);
CREATE TABLE "delivery" (
	id INTEGER NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	person_id INTEGER, 
	enrolment_id INTEGER, 
	module_id INTEGER, 
	revision_id INTEGER, 
	credential_id INTEGER, 
	request_id INTEGER, 
	language VARCHAR(200) NOT NULL, 
	address VARCHAR(200) NOT NULL, 
	message_id VARCHAR(200) NOT NULL, 
	dated_at DATETIME, 
	queued_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	claimed_by VARCHAR(200), 
	claimed_at DATETIME, 
	lease_until DATETIME, 
	sending_at DATETIME, 
	accepted_at DATETIME, 
	bounced_at DATETIME, 
	failed_at DATETIME, 
	uncertain_at DATETIME, 
	cancelled_at DATETIME, 
	expired_at DATETIME, 
	attempts INTEGER NOT NULL, 
	reason VARCHAR(200), 
	response VARCHAR, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT fk_delivery_enrolment_id_enrolment FOREIGN KEY(enrolment_id) REFERENCES enrolment (id) ON DELETE CASCADE, 
	CONSTRAINT fk_delivery_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_delivery_module_id_module FOREIGN KEY(module_id) REFERENCES module (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_delivery_key UNIQUE ("key"), 
	CONSTRAINT fk_delivery_request_id_link_request FOREIGN KEY(request_id) REFERENCES link_request (id) ON DELETE CASCADE, 
	CONSTRAINT fk_delivery_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_delivery_revision_id_revision FOREIGN KEY(revision_id) REFERENCES revision (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_delivery_credential_id_credential FOREIGN KEY(credential_id) REFERENCES credential (id) ON DELETE CASCADE, 
	CONSTRAINT ck_delivery_deliverykind CHECK (kind IN ('confirm', 'link', 'sign-in', 'invitation', 'reminder', 'notice', 'confirmation'))
);
INSERT INTO "delivery" VALUES(1,'module:4:1:0','invitation',1,1,4,1,1,1,NULL,'sv','asa@sundby.example','<jPvWlnpjFTlApB25ndrWlw@sundby.example>',NULL,'2026-10-27 13:50:00.000000','2026-10-27 14:33:15.742753',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO "delivery" VALUES(2,'confirmation:5','confirmation',1,2,NULL,NULL,NULL,5,NULL,'sv','amina@sundby.example','<confirmation-5@sundby.example>',NULL,'2026-11-22 10:00:00.000000','2026-11-22 10:00:00.000000',NULL,NULL,NULL,NULL,NULL,'2026-11-22 10:00:00.000000',NULL,NULL,NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO "delivery" VALUES(3,'notice:1:2026-11-22','notice',1,1,NULL,NULL,NULL,NULL,NULL,'sv','asa@sundby.example','<notice-1-2026-11-22@sundby.example>',NULL,'2026-11-22 10:00:00.000000','2026-11-22 10:00:00.000000',NULL,NULL,NULL,NULL,NULL,'2026-11-22 10:00:00.000000',NULL,NULL,NULL,NULL,NULL,1,NULL,NULL);
CREATE TABLE domain (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_domain PRIMARY KEY (id), 
	CONSTRAINT fk_domain_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE, 
	CONSTRAINT uq_domain_organisation_id_name UNIQUE (organisation_id, name)
);
INSERT INTO "domain" VALUES(1,1,'sundby.example');
INSERT INTO "domain" VALUES(2,2,'norrby.example');
CREATE TABLE enrolment (
	id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	enrolled_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_enrolment PRIMARY KEY (id), 
	CONSTRAINT fk_enrolment_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_enrolment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_enrolment_campaign_id_person_id UNIQUE (campaign_id, person_id)
);
INSERT INTO "enrolment" VALUES(1,1,2,'2026-11-03 13:50:00.000000',NULL);
INSERT INTO "enrolment" VALUES(2,1,3,'2026-11-03 13:50:00.000000',NULL);
INSERT INTO "enrolment" VALUES(3,2,4,'2026-11-03 13:50:00.000000',NULL);
INSERT INTO "enrolment" VALUES(4,1,1,'2026-10-27 13:50:00.000000',NULL);
CREATE TABLE exemption (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	CONSTRAINT pk_exemption PRIMARY KEY (id), 
	CONSTRAINT fk_exemption_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE frozen_total (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	"on" DATE NOT NULL, 
	unit INTEGER NOT NULL, 
	parent INTEGER, 
	name VARCHAR(200) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	rule TEXT NOT NULL, 
	in_scope INTEGER NOT NULL, 
	completed INTEGER NOT NULL, 
	absent INTEGER NOT NULL, 
	expired INTEGER NOT NULL, 
	within_time INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	unreached INTEGER NOT NULL, 
	frozen_at DATETIME NOT NULL, 
	CONSTRAINT pk_frozen_total PRIMARY KEY (id), 
	CONSTRAINT fk_frozen_total_campaign_id_campaign FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_frozen_total_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_frozen_total_campaign_id_on_unit UNIQUE (campaign_id, "on", unit), 
	CONSTRAINT ck_frozen_total_unitkind CHECK (kind IN ('staff', 'company', 'elected', 'partner'))
);
INSERT INTO "frozen_total" VALUES(1,1,1,'2026-10-31',1,NULL,'Omsorg','staff','Vi räknar alla som den dagen har en placering i en enhet som kursomgången gäller och inte är undantagna: tillsvidareanställda, visstidsanställda, timanställda, utom anställningar kortare än 30 dagar. Klar är den som har gjort alla moduler, också på annat sätt. Frånvarande är den som är borta 30 dagar eller mer, eller är tillbaka sedan mindre än 14 dagar. Var och en har 60 dagar på sig från det senaste av kursomgångens start, första anställningsdagen, återkomsten och första mejlet eller koden. Den som inget mejl och ingen kod har nått får 14 till. Den som har flera anställningar räknas en gång, på sin största. Förtroendevalda, partner och allmänheten räknas för sig. Procent avrundas nedåt.',2,0,0,0,2,0,2,'2026-11-03 13:50:00.000000');
INSERT INTO "frozen_total" VALUES(2,1,1,'2026-10-31',3,1,'Hemtjänst Väster','staff','Vi räknar alla som den dagen har en placering i en enhet som kursomgången gäller och inte är undantagna: tillsvidareanställda, visstidsanställda, timanställda, utom anställningar kortare än 30 dagar. Klar är den som har gjort alla moduler, också på annat sätt. Frånvarande är den som är borta 30 dagar eller mer, eller är tillbaka sedan mindre än 14 dagar. Var och en har 60 dagar på sig från det senaste av kursomgångens start, första anställningsdagen, återkomsten och första mejlet eller koden. Den som inget mejl och ingen kod har nått får 14 till. Den som har flera anställningar räknas en gång, på sin största. Förtroendevalda, partner och allmänheten räknas för sig. Procent avrundas nedåt.',1,0,0,0,1,0,1,'2026-11-03 13:50:00.000000');
INSERT INTO "frozen_total" VALUES(3,1,1,'2026-10-31',2,1,'Hemtjänst Öster','staff','Vi räknar alla som den dagen har en placering i en enhet som kursomgången gäller och inte är undantagna: tillsvidareanställda, visstidsanställda, timanställda, utom anställningar kortare än 30 dagar. Klar är den som har gjort alla moduler, också på annat sätt. Frånvarande är den som är borta 30 dagar eller mer, eller är tillbaka sedan mindre än 14 dagar. Var och en har 60 dagar på sig från det senaste av kursomgångens start, första anställningsdagen, återkomsten och första mejlet eller koden. Den som inget mejl och ingen kod har nått får 14 till. Den som har flera anställningar räknas en gång, på sin största. Förtroendevalda, partner och allmänheten räknas för sig. Procent avrundas nedåt.',1,0,0,0,1,0,1,'2026-11-03 13:50:00.000000');
INSERT INTO "frozen_total" VALUES(4,1,1,'2026-10-31',4,NULL,'Skola','staff','Vi räknar alla som den dagen har en placering i en enhet som kursomgången gäller och inte är undantagna: tillsvidareanställda, visstidsanställda, timanställda, utom anställningar kortare än 30 dagar. Klar är den som har gjort alla moduler, också på annat sätt. Frånvarande är den som är borta 30 dagar eller mer, eller är tillbaka sedan mindre än 14 dagar. Var och en har 60 dagar på sig från det senaste av kursomgångens start, första anställningsdagen, återkomsten och första mejlet eller koden. Den som inget mejl och ingen kod har nått får 14 till. Den som har flera anställningar räknas en gång, på sin största. Förtroendevalda, partner och allmänheten räknas för sig. Procent avrundas nedåt.',1,0,0,0,1,0,1,'2026-11-03 13:50:00.000000');
INSERT INTO "frozen_total" VALUES(5,1,1,'2026-10-31',5,NULL,'Förtroendevalda','elected','Vi räknar alla som den dagen har en placering i en enhet som kursomgången gäller och inte är undantagna: tillsvidareanställda, visstidsanställda, timanställda, utom anställningar kortare än 30 dagar. Klar är den som har gjort alla moduler, också på annat sätt. Frånvarande är den som är borta 30 dagar eller mer, eller är tillbaka sedan mindre än 14 dagar. Var och en har 60 dagar på sig från det senaste av kursomgångens start, första anställningsdagen, återkomsten och första mejlet eller koden. Den som inget mejl och ingen kod har nått får 14 till. Den som har flera anställningar räknas en gång, på sin största. Förtroendevalda, partner och allmänheten räknas för sig. Procent avrundas nedåt.',0,0,0,0,0,0,0,'2026-11-03 13:50:00.000000');
CREATE TABLE heartbeat (
	name VARCHAR(200) NOT NULL, 
	beat_at DATETIME NOT NULL, 
	CONSTRAINT pk_heartbeat PRIMARY KEY (name)
);
CREATE TABLE "help_check" (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	checked_on DATE, 
	checked_by_id INTEGER, 
	checked_tel VARCHAR(200), 
	number VARCHAR(200), 
	hours VARCHAR(200), 
	whom VARCHAR(200), 
	trace VARCHAR(200), 
	hidden_at DATETIME, 
	CONSTRAINT pk_help_check PRIMARY KEY (id), 
	CONSTRAINT uq_help_check_organisation_id_key UNIQUE (organisation_id, "key"), 
	CONSTRAINT fk_help_check_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE, 
	CONSTRAINT fk_help_check_checked_by_id_person FOREIGN KEY(checked_by_id) REFERENCES person (id) ON DELETE SET NULL
);
INSERT INTO "help_check" VALUES(1,1,'stodlinjen-man','2026-11-20',1,'+4620808080',NULL,'Alla dagar',NULL,NULL,NULL);
INSERT INTO "help_check" VALUES(2,1,'terrafem',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-22 10:00:00.000000');
CREATE TABLE help_contact (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	"group" VARCHAR(20) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	number VARCHAR(200), 
	url VARCHAR(200), 
	whom VARCHAR(200) NOT NULL, 
	hours VARCHAR(200), 
	trace VARCHAR(200), 
	checked_on DATE, 
	checked_by_id INTEGER, 
	CONSTRAINT pk_help_contact PRIMARY KEY (id), 
	CONSTRAINT fk_help_contact_checked_by_id_person FOREIGN KEY(checked_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_help_contact_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE, 
	CONSTRAINT ck_help_contact_helpgroup CHECK ("group" IN ('exposed', 'harming', 'children', 'work', 'other'))
);
INSERT INTO "help_contact" VALUES(1,1,'exposed','Socialjouren','0970-123 45',NULL,'För dig som bor i kommunen.','Kvällar och helger',NULL,'2026-11-20',1);
CREATE TABLE link_request (
	id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	organisation_id INTEGER, 
	"key" VARCHAR(200) NOT NULL, 
	address VARCHAR(200) NOT NULL, 
	address_key VARCHAR(200) NOT NULL, 
	language VARCHAR(200) NOT NULL, 
	requested_at DATETIME NOT NULL, 
	handled_at DATETIME, 
	confirmed_at DATETIME, 
	CONSTRAINT pk_link_request PRIMARY KEY (id), 
	CONSTRAINT fk_link_request_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE, 
	CONSTRAINT uq_link_request_key UNIQUE ("key"), 
	CONSTRAINT ck_link_request_requestkind CHECK (kind IN ('register', 'link', 'sign-in'))
);
CREATE TABLE local_text (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	language VARCHAR(200) NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_local_text PRIMARY KEY (id), 
	CONSTRAINT fk_local_text_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE, 
	CONSTRAINT uq_local_text_organisation_id_key_language UNIQUE (organisation_id, "key", language)
);
INSERT INTO "local_text" VALUES(1,1,'rutin','sv','Ring HR på 0970-111 11.');
CREATE TABLE logo (
	organisation_id INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	media_type VARCHAR(200) NOT NULL, 
	digest VARCHAR(200) NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	CONSTRAINT pk_logo PRIMARY KEY (organisation_id), 
	CONSTRAINT fk_logo_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE
);
INSERT INTO "logo" VALUES(1,X'3C73766720786D6C6E733D22687474703A2F2F7777772E77332E6F72672F323030302F737667222076696577426F783D22302030203234203234223E3C636972636C652063783D223132222063793D2231322220723D223130222F3E3C2F7376673E','image/svg+xml','abab36360d74547f',36,36);
CREATE TABLE look (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	by_person_id INTEGER, 
	page VARCHAR(200) NOT NULL, 
	looked_at DATETIME NOT NULL, 
	CONSTRAINT pk_look PRIMARY KEY (id), 
	CONSTRAINT fk_look_by_person_id_person FOREIGN KEY(by_person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_look_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "look" VALUES(1,2,1,'hr.waiting','2026-11-22 10:00:00.000000');
CREATE TABLE module (
	id INTEGER NOT NULL, 
	course_id INTEGER NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	position INTEGER NOT NULL, 
	retired_at DATETIME, 
	CONSTRAINT pk_module PRIMARY KEY (id), 
	CONSTRAINT fk_module_course_id_course FOREIGN KEY(course_id) REFERENCES course (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_module_course_id_key UNIQUE (course_id, "key")
);
INSERT INTO "module" VALUES(1,1,'ett',1,NULL);
INSERT INTO "module" VALUES(2,1,'tva',2,NULL);
CREATE TABLE organisation (
	id INTEGER NOT NULL, 
	slug VARCHAR(200) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	zone VARCHAR(200) NOT NULL, 
	created_at DATETIME NOT NULL, 
	sends_per_minute INTEGER NOT NULL, 
	counted_kinds JSON NOT NULL, 
	shortest_employment_days INTEGER NOT NULL, brand VARCHAR(200), data_protection VARCHAR(200), 
	CONSTRAINT pk_organisation PRIMARY KEY (id), 
	CONSTRAINT uq_organisation_slug UNIQUE (slug)
);
INSERT INTO "organisation" VALUES(1,'sundby','Sundby kommun','Europe/Stockholm','2026-11-03 13:50:00.000000',30,'["permanent", "temporary", "hourly"]',30,'#7a1f5c','dso@sundby.example');
INSERT INTO "organisation" VALUES(2,'norrby','Norrby kommun','Europe/Stockholm','2026-11-03 13:50:00.000000',30,'["permanent", "temporary", "hourly"]',30,NULL,NULL);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	origin VARCHAR(20) NOT NULL, 
	number VARCHAR(200), 
	name VARCHAR(200), 
	address VARCHAR(200), 
	address_key VARCHAR(200), 
	language VARCHAR(200) NOT NULL, 
	created_at DATETIME NOT NULL, 
	declared_unit_id INTEGER, 
	paused_at DATETIME, 
	left_at DATETIME, 
	erased_at DATETIME, 
	signed_in_at DATETIME, 
	generation INTEGER NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT fk_person_declared_unit_id_unit FOREIGN KEY(declared_unit_id) REFERENCES unit (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_person_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_person_organisation_id_number UNIQUE (organisation_id, number), 
	CONSTRAINT ck_person_origin CHECK (origin IN ('listed', 'declared', 'public'))
);
INSERT INTO "person" VALUES(1,1,'listed','1001','Åsa Nyström','asa@sundby.example','asa@sundby.example','sv','2026-11-03 13:50:00.000000',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "person" VALUES(2,1,'listed','0102','Amina Farah','amina@sundby.example','amina@sundby.example','sv','2026-11-03 13:50:00.000000',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "person" VALUES(3,1,'listed','0103','Jonas Lind','jonas@sundby.example','jonas@sundby.example','sv','2026-11-03 13:50:00.000000',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO "person" VALUES(4,2,'listed','1','Nils Ek','nils@norrby.example','nils@norrby.example','sv','2026-11-03 13:50:00.000000',NULL,NULL,NULL,NULL,NULL,1);
CREATE TABLE person_request (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	asked_for VARCHAR(20) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	answered_at DATETIME, 
	answered_by_id INTEGER, 
	answer VARCHAR(20), 
	CONSTRAINT pk_person_request PRIMARY KEY (id), 
	CONSTRAINT fk_person_request_answered_by_id_person FOREIGN KEY(answered_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_person_request_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT ck_person_request_askedfor CHECK (asked_for IN ('erasure', 'left', 'not-mine')), 
	CONSTRAINT ck_person_request_answer CHECK (answer IN ('done', 'still-needed', 'archived', 'still-here', 'address-right'))
);
INSERT INTO "person_request" VALUES(1,2,'erasure','2026-11-22 10:00:00.000000',NULL,NULL,NULL);
INSERT INTO "person_request" VALUES(2,3,'left','2026-11-22 10:00:00.000000','2026-11-22 10:00:00.000000',1,'still-here');
CREATE TABLE placement (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE, 
	employed_from DATE NOT NULL, 
	employed_until DATE, 
	CONSTRAINT pk_placement PRIMARY KEY (id), 
	CONSTRAINT ck_placement_some_days CHECK (ends_on is null or ends_on > starts_on), 
	CONSTRAINT fk_placement_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_placement_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id) ON DELETE RESTRICT, 
	CONSTRAINT ck_placement_employmentkind CHECK (kind IN ('permanent', 'temporary', 'hourly', 'consultant'))
);
INSERT INTO "placement" VALUES(1,1,4,'permanent','2026-09-01',NULL,'2026-09-01',NULL);
INSERT INTO "placement" VALUES(2,2,2,'permanent','2026-09-01',NULL,'2026-09-01',NULL);
INSERT INTO "placement" VALUES(3,3,3,'permanent','2026-09-01',NULL,'2026-09-01',NULL);
INSERT INTO "placement" VALUES(4,4,6,'permanent','2026-09-01',NULL,'2026-09-01',NULL);
CREATE TABLE rate_count (
	"key" VARCHAR(200) NOT NULL, 
	window_ends_at DATETIME NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_rate_count PRIMARY KEY ("key")
);
CREATE TABLE revision (
	id INTEGER NOT NULL, 
	module_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	retake BOOLEAN NOT NULL, 
	minutes INTEGER NOT NULL, 
	published_at DATETIME NOT NULL, 
	media JSON NOT NULL, 
	digest VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_revision PRIMARY KEY (id), 
	CONSTRAINT fk_revision_module_id_module FOREIGN KEY(module_id) REFERENCES module (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_revision_module_id_number UNIQUE (module_id, number)
);
INSERT INTO "revision" VALUES(1,1,1,1,0,3,'2026-08-03 13:50:00.000000','{}','ett');
INSERT INTO "revision" VALUES(2,2,1,1,0,3,'2026-08-03 13:50:00.000000','{}','tva');
CREATE TABLE revision_text (
	revision_id INTEGER NOT NULL, 
	language VARCHAR(200) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_revision_text PRIMARY KEY (revision_id, language), 
	CONSTRAINT fk_revision_text_revision_id_revision FOREIGN KEY(revision_id) REFERENCES revision (id) ON DELETE CASCADE
);
INSERT INTO "revision_text" VALUES(1,'sv','Första stunden','---
id: ett
version: 1
title: Första stunden
summary: Det handlar om att se. En blick räcker långt. Du kan fråga. Du är inte ensam.
minutes: 3
content_note: Modulen nämner kränkningar i ord.
---

## Att se är att börja {#se}

Den som ser kan **göra något**.

## Vad skulle du göra? {#fraga}

::: question
En kollega tystnar vid fikat. Vad gör du?

- [x] Frågar hur hon har det
  > Ja. En fråga räcker långt.
- [ ] Väntar på att någon annan frågar
  > Många väntar på varandra. Du kan vara den som börjar.
:::

## Att ta med sig {#med}

::: reflection
Vem tänker du på?
:::

::: help akut kvinnofridslinjen
:::
');
INSERT INTO "revision_text" VALUES(2,'sv','Andra stunden','---
id: tva
version: 1
title: Andra stunden
summary: Det finns fler vägar. Ingen är fel. Du kan vänta. Du kan fråga efteråt.
minutes: 3
---

## Fikarummet, en tisdag {#fika}

::: scenario
### Vid bordet {#bordet}
Jonas skämtar om Aminas kropp. Alla tystnar.

- [Säga lugnt: ”Det där är inte okej.”](#grans)
- [Vänta, och fråga Amina efteråt](#efterat)

### Du sätter en gräns {#grans .good}
Jonas rodnar. Amina andas ut.

### Efteråt {#efterat .good}
”Tack för att du frågade”, säger Amina.
:::

## Flera svar stämmer {#flera}

::: question
Vilka sätt är att ingripa?

- [x] Att fråga efteråt
  > Ja, det räknas.
- [x] Att byta ämne
  > Ja, det kallas att bryta stämningen.
- [ ] Att filma
  > Det kan göra skadan större.
:::

::: help akut
:::
');
CREATE TABLE "right" (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	unit_id INTEGER, 
	role VARCHAR(20) NOT NULL, 
	given_at DATETIME NOT NULL, 
	ends_on DATE, 
	CONSTRAINT pk_right PRIMARY KEY (id), 
	CONSTRAINT fk_right_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_right_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id) ON DELETE RESTRICT, 
	CONSTRAINT ck_right_role CHECK (role IN ('hr', 'manager', 'facilitator', 'observer', 'author', 'operator'))
);
INSERT INTO "right" VALUES(1,1,NULL,'hr','2026-11-03 13:50:00.000000',NULL);
INSERT INTO "right" VALUES(2,4,NULL,'hr','2026-11-03 13:50:00.000000',NULL);
CREATE TABLE shortcoming (
	id INTEGER NOT NULL, 
	statement_id INTEGER NOT NULL, 
	reason VARCHAR(20) NOT NULL, 
	what TEXT NOT NULL, 
	place VARCHAR(200), 
	criterion VARCHAR(200), 
	why TEXT, 
	"instead" TEXT, 
	since DATE, 
	mended_by DATE, 
	CONSTRAINT pk_shortcoming PRIMARY KEY (id), 
	CONSTRAINT fk_shortcoming_statement_id_accessibility_statement FOREIGN KEY(statement_id) REFERENCES accessibility_statement (id) ON DELETE CASCADE, 
	CONSTRAINT ck_shortcoming_reason CHECK (reason IN ('shortcoming', 'burden', 'outside'))
);
INSERT INTO "shortcoming" VALUES(1,2,'shortcoming','Filmen saknar teckenspråk.','Stöd och kontakt',NULL,NULL,NULL,'2026-11-01',NULL);
CREATE TABLE step_post (
	person_id INTEGER NOT NULL, 
	module_id INTEGER NOT NULL, 
	step VARCHAR(200) NOT NULL, 
	posted_at DATETIME NOT NULL, 
	CONSTRAINT pk_step_post PRIMARY KEY (person_id, module_id, step), 
	CONSTRAINT fk_step_post_module_id_module FOREIGN KEY(module_id) REFERENCES module (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_step_post_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "step_post" VALUES(2,2,'fika','2026-11-03 13:50:00.000000');
CREATE TABLE unit (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	name VARCHAR(200) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	hidden_at DATETIME, 
	closed_at DATETIME, 
	CONSTRAINT pk_unit PRIMARY KEY (id), 
	CONSTRAINT fk_unit_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_unit_parent_id_unit FOREIGN KEY(parent_id) REFERENCES unit (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_unit_organisation_id_parent_id_name UNIQUE (organisation_id, parent_id, name), 
	CONSTRAINT ck_unit_unitkind CHECK (kind IN ('staff', 'company', 'elected', 'partner'))
);
INSERT INTO "unit" VALUES(1,1,NULL,'Omsorg','staff',NULL,NULL);
INSERT INTO "unit" VALUES(2,1,1,'Hemtjänst Öster','staff',NULL,NULL);
INSERT INTO "unit" VALUES(3,1,1,'Hemtjänst Väster','staff',NULL,NULL);
INSERT INTO "unit" VALUES(4,1,NULL,'Skola','staff',NULL,NULL);
INSERT INTO "unit" VALUES(5,1,NULL,'Förtroendevalda','elected',NULL,NULL);
INSERT INTO "unit" VALUES(6,2,NULL,'Omsorg','staff',NULL,NULL);
CREATE INDEX ix_rate_count_window_ends_at ON rate_count (window_ends_at);
CREATE INDEX ix_course_organisation_id ON course (organisation_id);
CREATE UNIQUE INDEX uq_course_key_of_installation ON course ("key") WHERE organisation_id IS NULL;
CREATE INDEX ix_domain_name ON domain (name);
CREATE INDEX ix_domain_organisation_id ON domain (organisation_id);
CREATE INDEX ix_link_request_handled_at_id ON link_request (handled_at, id);
CREATE INDEX ix_link_request_organisation_id ON link_request (organisation_id);
CREATE INDEX ix_link_request_requested_at ON link_request (requested_at);
CREATE INDEX ix_local_text_organisation_id ON local_text (organisation_id);
CREATE INDEX ix_unit_organisation_id ON unit (organisation_id);
CREATE INDEX ix_unit_parent_id ON unit (parent_id);
CREATE UNIQUE INDEX uq_unit_organisation_id_name_at_top ON unit (organisation_id, name) WHERE parent_id IS NULL;
CREATE INDEX ix_campaign_course_id ON campaign (course_id);
CREATE INDEX ix_campaign_organisation_id ON campaign (organisation_id);
CREATE INDEX ix_module_course_id ON module (course_id);
CREATE INDEX ix_person_address_key ON person (address_key);
CREATE INDEX ix_person_declared_unit_id ON person (declared_unit_id);
CREATE INDEX ix_person_organisation_id ON person (organisation_id);
CREATE INDEX ix_absence_person_id ON absence (person_id);
CREATE INDEX ix_campaign_module_module_id ON campaign_module (module_id);
CREATE INDEX ix_campaign_unit_unit_id ON campaign_unit (unit_id);
CREATE INDEX ix_enrolment_person_id ON enrolment (person_id);
CREATE INDEX ix_exemption_person_id ON exemption (person_id);
CREATE INDEX ix_frozen_total_campaign_id ON frozen_total (campaign_id);
CREATE INDEX ix_frozen_total_organisation_id ON frozen_total (organisation_id);
CREATE INDEX ix_placement_person_id ON placement (person_id);
CREATE INDEX ix_placement_unit_id ON placement (unit_id);
CREATE INDEX ix_placement_home ON placement (unit_id, starts_on, ends_on, person_id, kind, employed_from, employed_until);
CREATE INDEX ix_right_person_id ON "right" (person_id);
CREATE INDEX ix_right_unit_id ON "right" (unit_id);
CREATE INDEX ix_completion_by_person_id ON completion (by_person_id);
CREATE INDEX ix_completion_corrects_id ON completion (corrects_id);
CREATE INDEX ix_completion_module_id ON completion (module_id);
CREATE INDEX ix_completion_facts ON completion (person_id, module_id, completed_on, revision_id, how);
CREATE INDEX ix_completion_revision_id ON completion (revision_id);
CREATE INDEX ix_logo_digest ON logo (digest);
CREATE INDEX ix_help_check_organisation_id ON help_check (organisation_id);
CREATE INDEX ix_help_check_checked_by_id ON help_check (checked_by_id);
CREATE INDEX ix_help_contact_checked_by_id ON help_contact (checked_by_id);
CREATE INDEX ix_help_contact_organisation_id ON help_contact (organisation_id);
CREATE INDEX ix_accessibility_statement_organisation_id ON accessibility_statement (organisation_id);
CREATE UNIQUE INDEX uq_accessibility_statement_draft ON accessibility_statement (organisation_id) WHERE published_at IS NULL;
CREATE INDEX ix_shortcoming_statement_id ON shortcoming (statement_id);
CREATE INDEX ix_accessibility_report_handled_by_id ON accessibility_report (handled_by_id);
CREATE INDEX ix_accessibility_report_organisation_id ON accessibility_report (organisation_id);
CREATE UNIQUE INDEX uq_credential_person_id_of_link ON credential (person_id) WHERE kind = 'link';
CREATE INDEX ix_credential_person_id ON credential (person_id);
CREATE INDEX ix_delivery_request_id ON delivery (request_id);
CREATE INDEX ix_delivery_module_id ON delivery (module_id);
CREATE INDEX ix_delivery_person_id ON delivery (person_id);
CREATE INDEX ix_delivery_waiting ON delivery (due_at) WHERE accepted_at IS NULL AND failed_at IS NULL AND uncertain_at IS NULL AND cancelled_at IS NULL AND expired_at IS NULL;
CREATE INDEX ix_delivery_enrolment_id ON delivery (enrolment_id);
CREATE INDEX ix_delivery_organisation_id_accepted_at ON delivery (organisation_id, accepted_at);
CREATE INDEX ix_delivery_revision_id ON delivery (revision_id);
CREATE INDEX ix_delivery_credential_id ON delivery (credential_id);
CREATE INDEX ix_person_request_answered_by_id ON person_request (answered_by_id);
CREATE INDEX ix_person_request_person_id ON person_request (person_id);
CREATE INDEX ix_look_by_person_id ON look (by_person_id);
CREATE INDEX ix_look_person_id_looked_at ON look (person_id, looked_at);
COMMIT;
