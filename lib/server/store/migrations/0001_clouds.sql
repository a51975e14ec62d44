CREATE TABLE "job_call" (
	"job_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"images" jsonb NOT NULL,
	"projects" jsonb NOT NULL,
	"state" text NOT NULL,
	"upstream_job_id" text,
	"upstream_request_id" text,
	"code" text,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "job_call_job_id_seq_pk" PRIMARY KEY("job_id","seq")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"who" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_step" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cloud" text NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "wait_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "vault_id" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "method" text DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "can_rescope" boolean;--> statement-breakpoint
CREATE INDEX "sign_in_failure_of" ON "sign_in_failure" USING btree ("who","at");