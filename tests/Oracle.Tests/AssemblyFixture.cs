[assembly: AssemblyFixture(typeof(Weir.Oracle.Tests.Postgres))]
