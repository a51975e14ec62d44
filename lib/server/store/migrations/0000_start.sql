CREATE TABLE "activity" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act" uuid NOT NULL,
	"phase" text NOT NULL,
	"verb" text NOT NULL,
	"cloud" text NOT NULL,
	"region" text,
	"domain_id" text NOT NULL,
	"project_id" text,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"targets" jsonb NOT NULL,
	"outcome" text,
	"code" text,
	"upstream_request_id" text,
	"job_id" uuid
);
--> statement-breakpoint
CREATE TABLE "cloud_fact" (
	"cloud" text NOT NULL,
	"region" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"learnt_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cloud_fact_cloud_region_key_pk" PRIMARY KEY("cloud","region","key")
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cloud" text NOT NULL,
	"region" text NOT NULL,
	"domain_id" text NOT NULL,
	"project_id" text NOT NULL,
	"project_name" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"session_id_hash" text,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"pause_reason" text,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"images" jsonb NOT NULL,
	"projects" jsonb NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"input_hash" text NOT NULL,
	"retry_of" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "job_item" (
	"job_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"image" smallint NOT NULL,
	"project" smallint NOT NULL,
	"state" text NOT NULL,
	"code" text,
	"values" jsonb,
	"upstream_request_id" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "job_item_job_id_seq_pk" PRIMARY KEY("job_id","seq")
);
--> statement-breakpoint
CREATE TABLE "preference" (
	"cloud" text NOT NULL,
	"user_id" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "preference_cloud_user_id_key_pk" PRIMARY KEY("cloud","user_id","key")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"cloud" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"domain_id" text NOT NULL,
	"domain_name" text NOT NULL,
	"projects" jsonb NOT NULL,
	"projects_read_at" timestamp with time zone NOT NULL,
	"regions" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cloud" text NOT NULL,
	"session_id_hash" text,
	"job_id" uuid,
	"project_id" text,
	"project_name" text,
	"domain_id" text,
	"region" text,
	"image_endpoint" text,
	"roles" jsonb NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoke_due_at" timestamp with time zone,
	"revoke_until" timestamp with time zone,
	"revoke_attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "activity_of_project" ON "activity" USING btree ("cloud","project_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "job_once" ON "job" USING btree ("cloud","user_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "job_of_project" ON "job" USING btree ("cloud","project_id","created_at");--> statement-breakpoint
CREATE INDEX "job_of_session" ON "job" USING btree ("session_id_hash");--> statement-breakpoint
CREATE INDEX "job_item_open" ON "job_item" USING btree ("job_id","seq") WHERE "job_item"."state" in ('waiting', 'running', 'unknown');--> statement-breakpoint
CREATE INDEX "session_ends_at" ON "session" USING btree ("ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "token_of_session" ON "token" USING btree ("session_id_hash","region","project_id");--> statement-breakpoint
CREATE INDEX "token_of_job" ON "token" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "token_to_revoke" ON "token" USING btree ("revoke_due_at");