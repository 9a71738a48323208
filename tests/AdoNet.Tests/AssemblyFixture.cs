[assembly: AssemblyFixture(typeof(Weir.Ado.Tests.Doubles.SqliteDatabase))]
