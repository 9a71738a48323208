namespace Weir.Wire;

/// <summary>Refuses collections of a derived type: they would come back as the type that they were kept as.</summary>
internal static class ExactCollection
{
    /// <summary>Throws if a collection is more than the class that it is kept as.</summary>
    public static void Check<T>(T collection)
    {
        if (Of<T>.IsOpenClass && collection!.GetType() != typeof(T))
        {
            throw DerivedValue.Of(collection, typeof(T).ToString());
        }
    }

    private static class Of<T>
    {
        public static readonly bool IsOpenClass =
            typeof(T).IsClass && !typeof(T).IsArray && !typeof(T).IsSealed && !typeof(T).IsAbstract;
    }
}
