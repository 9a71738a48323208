// System.Threading, imported everywhere, has a Barrier too; here the word means the stream's.
global using Barrier = Weir.Runtime.Streams.Barrier;
