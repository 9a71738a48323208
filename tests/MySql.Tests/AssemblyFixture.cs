[assembly: AssemblyFixture(typeof(Weir.MySqlServers.Tests.Doubles.Database))]
