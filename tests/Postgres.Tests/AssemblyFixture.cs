[assembly: AssemblyFixture(typeof(Weir.PostgreSql.Tests.Doubles.Database))]
