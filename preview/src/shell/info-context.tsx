/** What the server says of itself, fetched once. */
import { createContext, useContext, useEffect, useState } from 'react';
import type { PreviewInfo } from '../../../src/preview/answers.ts';
import { fetchInfo } from '../api/preview-api.ts';
import { Failure } from './failure.tsx';
import { Loading } from './loading.tsx';

const InfoContext = createContext<PreviewInfo | undefined>(undefined);

/** @throws outside of InfoProvider */
export function useInfo(): PreviewInfo {
  const info = useContext(InfoContext);
  if (info === undefined) throw new Error('Cannot read the info outside of InfoProvider');
  return info;
}

export function InfoProvider({ children }: React.PropsWithChildren): React.ReactElement {
  const [info, setInfo] = useState<PreviewInfo | Error>();
  useEffect(() => {
    fetchInfo().then(setInfo, setInfo);
  }, []);
  if (info === undefined) return <Loading />;
  if (info instanceof Error) return <Failure title="The preview server does not answer" error={info} />;
  return <InfoContext.Provider value={info}>{children}</InfoContext.Provider>;
}
