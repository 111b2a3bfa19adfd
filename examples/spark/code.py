"""Codes interviews with Spark: each partition goes through a ringwerk of its own.

    python examples/spark/code.py TRANSCRIPTS --out CODED

A worker that is killed costs its partition: Spark gives that to another one. The result is the one of a single run,
whatever the number of partitions, since what ringwerk says of an interview does not depend on others.
"""

import argparse
import json
import subprocess
from pathlib import Path

from pyspark import SparkConf, TaskContext
from pyspark.sql import SparkSession

# 2 says that some interviews could not be read; the lines of type "failed" say which.
FINISHED = (0, 2)


def coder(program, model, threads):
    """A function that sends a partition's lines through ringwerk."""
    command = [program, "code", "--stdin", "--quiet", "--threads", str(threads)]
    if model:
        command += ["--model", model]

    def code(lines):
        given = "".join(line + "\n" for line in lines)
        if not given:
            return []
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        coded = done.stdout.splitlines()
        whole = done.returncode in FINISHED and coded and json.loads(coded[-1])["type"] == "run"
        if not whole:
            part = TaskContext.get().partitionId()
            raise RuntimeError(f"partition {part}: ringwerk ended with {done.returncode}: {done.stderr[-1000:]}")
        # The last line is about the process, not about interviews.
        return coded[:-1]

    return code


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, help="folder with transcripts, seen by all workers under this path")
    arguments.add_argument("--out", type=Path, required=True, help="new folder for JSON Lines, in order of the interviews' paths")
    arguments.add_argument("--program", default="ringwerk", help="path of ringwerk on the workers")
    arguments.add_argument("--model", help="model folder on the workers [default: the one that ships]")
    arguments.add_argument("--partitions", type=int, default=2)
    arguments.add_argument("--threads", type=int, default=1, help="threads of each ringwerk")
    given = arguments.parse_args()

    files = sorted(path.resolve() for path in given.folder.rglob("*") if path.is_file())
    lines = [json.dumps({"id": str(path.relative_to(given.folder.resolve())), "path": str(path)}) for path in files]
    # A cluster sets its own master; on one machine two workers, each partition tried up to three times.
    master = SparkConf().get("spark.master", "local[2,3]")
    spark = SparkSession.builder.master(master).appName("ringwerk").getOrCreate()
    code = coder(given.program, given.model, given.threads)
    spark.sparkContext.parallelize(lines, given.partitions).mapPartitions(code).saveAsTextFile(given.out.resolve().as_uri())
    spark.stop()


if __name__ == "__main__":
    main()
